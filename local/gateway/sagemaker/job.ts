import { AwsError } from "../gap";
import type { JsonCall } from "../operation-gap";
import { page } from "./page";
import { arnOf, found, type Json, keepTags, seconds } from "./resource";

/** A kind of job, by the words that its operations and fields are made of. */
export interface JobKind {
  /** `Training` of `CreateTrainingJob`, `TrainingJobName`, `TrainingStartTime`. */
  readonly word: "Training" | "Processing" | "Transform";
  /** Further fields of a description, by whether the job still runs. */
  more?(runs: boolean): Json;
}

/** What was asked for, and when it was begun and stopped, in seconds since 1970. */
interface Kept {
  readonly order: Json;
  readonly arn: string;
  readonly startedAt: number;
  readonly stoppedAt?: number;
}

/** The operations of a kind of job that runs from its creation until it is stopped or has had its longest time. */
export function jobOperations({ word, more }: JobKind): Record<string, (call: JsonCall) => object> {
  const field = `${word}Job`;
  const jobs = ({ context }: JsonCall) => context.state<Kept>(`${word.toLowerCase()}-jobs`);
  const nameOf = ({ json }: JsonCall): string => String(json[`${field}Name`]);
  const kept = (call: JsonCall): Kept => found(jobs(call).get(nameOf(call)), `${field} ${nameOf(call)}`);
  const described = (call: JsonCall, { order, arn, startedAt, stoppedAt = Number.POSITIVE_INFINITY }: Kept): Json => {
    const limit = Number(
      (order.StoppingCondition as Json | undefined)?.MaxRuntimeInSeconds ?? Number.POSITIVE_INFINITY,
    );
    const end = Math.min(stoppedAt, startedAt + limit);
    const runs = seconds(call) < end;
    return {
      ...order,
      [`${field}Arn`]: arn,
      [`${field}Status`]: runs ? "InProgress" : "Stopped",
      CreationTime: startedAt,
      LastModifiedTime: runs ? startedAt : end,
      [`${word}StartTime`]: startedAt,
      ...(!runs && { [`${word}EndTime`]: end }),
      ...more?.(runs),
    };
  };
  return {
    [`Create${field}`]: (call) => {
      const name = nameOf(call);
      const arn = arnOf(call, `${word.toLowerCase()}-job/${name}`);
      if (jobs(call).get(name)) throw new AwsError("ResourceInUse", `${field} ${name} already exists.`);
      const { Tags: _, ...order } = call.json;
      jobs(call).put(name, { order, arn, startedAt: seconds(call) });
      keepTags(call, arn);
      return { [`${field}Arn`]: arn };
    },
    [`Describe${field}`]: (call) => described(call, kept(call)),
    [`Stop${field}`]: (call) => {
      jobs(call).put(nameOf(call), { stoppedAt: seconds(call), ...kept(call) });
      return {};
    },
    [`List${field}s`]: (call) => {
      const { NameContains = "", StatusEquals, WarmPoolStatusEquals } = call.json;
      const all = jobs(call)
        .all()
        .map((job) => described(call, job))
        .filter((job) => String(job[`${field}Name`]).includes(String(NameContains)))
        .filter((job) => [undefined, job[`${field}Status`]].includes(StatusEquals))
        // Nothing keeps its instances for the next job.
        .filter(() => WarmPoolStatusEquals === undefined);
      const { items, ...rest } = page(call, all);
      const summary = (job: Json): Json =>
        Object.fromEntries(
          [`${field}Name`, `${field}Arn`, `${field}Status`, "CreationTime"].map((name) => [name, job[name]]),
        );
      return { [`${field}Summaries`]: items.map(summary), ...rest };
    },
  };
}
