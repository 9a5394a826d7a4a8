/** NVIDIA GPUs and AWS's own accelerators, by the beginning of an instance type (EC2 User Guide, "Instance types", accelerated computing). */
const families = /^ml\.(g|p|inf|trn)\d/;

/**
 * How many accelerators a size has, where that is not one (Amazon EC2 Instance Types guide, "Accelerated computing", column
 * "Accelerators"), of all types that SageMaker's API knows.
 */
const moreThanOne: Readonly<Record<string, number>> = {
  "g4dn.12xlarge": 4,
  "g4dn.metal": 8,
  "g5.12xlarge": 4,
  "g5.24xlarge": 4,
  "g5.48xlarge": 8,
  "g6.12xlarge": 4,
  "g6.24xlarge": 4,
  "g6.48xlarge": 8,
  "g6e.12xlarge": 4,
  "g6e.24xlarge": 4,
  "g6e.48xlarge": 8,
  "g7e.12xlarge": 2,
  "g7e.24xlarge": 4,
  "g7e.48xlarge": 8,
  "inf1.6xlarge": 4,
  "inf1.24xlarge": 16,
  "inf2.24xlarge": 6,
  "inf2.48xlarge": 12,
  "p2.8xlarge": 8,
  "p2.16xlarge": 16,
  "p3.8xlarge": 4,
  "p3.16xlarge": 8,
  "p3dn.24xlarge": 8,
  "p4d.24xlarge": 8,
  "p4de.24xlarge": 8,
  "p5.48xlarge": 8,
  "p5e.48xlarge": 8,
  "p5en.48xlarge": 8,
  "p6-b200.48xlarge": 8,
  "p6-b300.48xlarge": 8,
  "p6e-gb200.36xlarge": 4,
  "trn1.32xlarge": 16,
  "trn1n.32xlarge": 16,
  "trn2.48xlarge": 16,
};

/**
 * GPUs, or other accelerators, of an instance of a SageMaker type, for example 8 of `ml.g5.48xlarge`; 0 of a type without. A size that is not
 * in the table, of a family that has them, counts as 1.
 */
export function acceleratorsOf(type: string): number {
  return families.test(type) ? (moreThanOne[type.slice("ml.".length)] ?? 1) : 0;
}
