import { randomBytes } from "node:crypto";
import { AwsError } from "../gap";
import type { JsonCall } from "../operation-gap";

export type Json = Record<string, unknown>;
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export const tagsOf = ({ context }: JsonCall) => context.state<readonly Tag[]>("tags");

/** `d-0123456789ab` */
export const newId = (prefix: string): string => `${prefix}-${randomBytes(6).toString("hex")}`;

export const arnOf = ({ request }: JsonCall, resource: string): string =>
  `arn:aws:sagemaker:${request.region}:${request.account}:${resource}`;

export const seconds = ({ context }: JsonCall): number => context.now().getTime() / 1000;

/** Keeps the tags given at creation. */
export const keepTags = (call: JsonCall, arn: string): void => {
  tagsOf(call).put(arn, (call.json.Tags ?? []) as readonly Tag[]);
};

/** @throws AwsError, the one Terraform's provider takes for "gone". */
export const found = <T>(record: T | undefined, what: string): T => {
  if (record === undefined) throw new AwsError("ResourceNotFound", `${what} does not exist.`);
  return record;
};

/** Settings over settings, structure by structure; lists and plain values are replaced. */
export const merged = (was: unknown, next: unknown): unknown => {
  if (next === undefined) return was;
  if (!isStructure(was) || !isStructure(next)) return next;
  const names = new Set([...Object.keys(was), ...Object.keys(next)]);
  return Object.fromEntries([...names].map((name) => [name, merged(was[name], next[name])]));
};

const isStructure = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
