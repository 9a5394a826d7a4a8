import type { ElasticBeanstalkEnvironmentSetting } from "@cdktf/provider-aws/lib/elastic-beanstalk-environment";

/** Values of option settings by namespace and name (Elastic Beanstalk Developer Guide, "General options for all environments"). */
export type BeanstalkOptions = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** Sorted text: Terraform compares settings as a set of strings. */
export function beanstalkSettings(options: BeanstalkOptions): ElasticBeanstalkEnvironmentSetting[] {
  return sorted(options).flatMap(([namespace, values]) =>
    sorted(values).map(([name, value]) => ({ namespace, name, value: String(value) })),
  );
}

const sorted = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Architectures of EC2 types. Graviton types have a `g` after the generation, for example t4g, m7gd, im4gn; the first generation is
 * called a1 (EC2 User Guide, "Instance type naming conventions").
 */
export function architectures(instanceTypes: readonly string[]): string[] {
  const arm = /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./;
  return [...new Set(instanceTypes.map((type) => (arm.test(type) ? "arm64" : "x86_64")))].sort();
}
