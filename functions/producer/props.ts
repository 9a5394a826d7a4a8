import * as z from "zod";
import type { ObjectStore } from "../common/store";
import type { TokenCredentials } from "./iam-token";

/** How images reach the stream. */
export interface ProducerProps {
  /** `host:port` of some brokers; MSK listens for IAM on 9098. */
  readonly brokers: readonly string[];
  readonly topic: string;
  /** iam: signed by the program's AWS credentials, over TLS, as MSK wants it. none: plain text, for a broker on this computer. */
  readonly auth: "iam" | "none";
  /** Region of the cluster; required for iam. */
  readonly region?: string;
  /** @default - AWS's default chain: environment, profile, role of the container or instance */
  readonly credentials?: TokenCredentials;
  /** Largest image that travels in a record, in bytes, 0 to 3,000,000: `streaming.inlineMaxBytes` of the environment file. */
  readonly inlineMaxBytes: number;
  /** Where larger images are put: the environment's uploads bucket. */
  readonly claims: { readonly store: Pick<ObjectStore, "putIfAbsent">; readonly bucket: string };
  /** Name of the program in the broker's log. @default - darkroom-producer */
  readonly clientId?: string;
  /**
   * Repetitions of a request that failed for a passing reason, 1 to 100, with waits of 0.2 s that double to 5 s.
   * @default 12, which is 40 seconds: the brokers elect a new leader in less
   */
  readonly retries?: number;
}

/** The producer's settings are wrong; the message names every fault. */
export class ProducerFaults extends Error {
  override readonly name = "ProducerFaults";
}

const broker = "host:port, for example b-1.images.abc.c2.kafka.eu-central-1.amazonaws.com:9098";
const topic = "a topic's name: letters, digits, '.', '_' or '-', at most 249";
const inline = "a whole number of bytes from 0 to 3000000";
const retries = "a whole number of repetitions from 1 to 100";
const region = "an AWS region, for example eu-central-1";

const schema = z
  .object({
    brokers: z
      .array(z.string({ error: broker }).regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, { error: broker }), { error: "a list" })
      .min(1, { error: "at least one broker" }),
    topic: z.string({ error: topic }).regex(/^[A-Za-z0-9._-]{1,249}$/, { error: topic }),
    auth: z.enum(["iam", "none"], { error: "iam or none" }),
    region: z
      .string({ error: region })
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: region })
      .optional(),
    inlineMaxBytes: z.int({ error: inline }).min(0, { error: inline }).max(3_000_000, { error: inline }),
    retries: z.int({ error: retries }).min(1, { error: retries }).max(100, { error: retries }).optional(),
    claims: z.object(
      { bucket: z.string({ error: "a bucket's name" }).min(1, { error: "a bucket's name" }) },
      { error: "a store and a bucket" },
    ),
  })
  .check(({ value, issues }) => {
    if (value.auth !== "iam" || value.region !== undefined) return;
    issues.push({ code: "custom", input: undefined, path: ["region"], message: `${region} (auth is iam)` });
  });

/** @throws ProducerFaults naming every fault. */
export function checkProps(props: ProducerProps): void {
  const { error } = schema.safeParse(props);
  if (error === undefined) return;
  const faults = error.issues.map(({ path, message }) => {
    const value = path.reduce<unknown>((at, name) => (at as Record<PropertyKey, unknown> | undefined)?.[name], props);
    return `${path.join(".")}: expected ${message}, but got ${JSON.stringify(value) ?? "nothing"}`;
  });
  throw new ProducerFaults(`The producer cannot start. ${faults.join("; ")}`);
}
