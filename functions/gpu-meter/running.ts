import { acceleratorsOf } from "../common/accelerators";

/** Instances of one type. */
export interface Instances {
  /** For example `ml.g5.xlarge`; undefined when nothing says it any more. */
  readonly type: string | undefined;
  readonly count: number;
}

/** Something in SageMaker that runs at this moment. */
export interface Running {
  readonly kind: "training-job" | "processing-job" | "transform-job" | "endpoint" | "app";
  readonly name: string;
  readonly instances: readonly Instances[];
  /** Name of the group it belongs to; undefined when it is nobody's. */
  readonly group: string | undefined;
}

/** Something of which its name tells whose it is. */
export interface Named extends Omit<Running, "group"> {
  readonly arn: string;
}

/** GPUs that run in it. Instances whose type can't be known count as one each: what a guard can't see should not look free. */
export const acceleratorsIn = ({ instances }: Pick<Running, "instances">): number =>
  instances.reduce((sum, { type, count }) => sum + count * (type === undefined ? 1 : acceleratorsOf(type)), 0);
