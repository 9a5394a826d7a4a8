import { hostname, userInfo } from "node:os";
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { s3Client } from "../store/s3-client";
import { messageOf, UserError } from "../user-error";
import type { S3Location } from "./configuration";

const signIn = "Sign in to AWS (for example: aws sso login), or use the local account with --local-account.";

const stateSchema = z.looseObject({
  version: z.literal(4),
  lineage: z.string(),
  serial: z.int(),
  outputs: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })).default({}),
  resources: z
    .array(
      z.looseObject({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z
          .array(
            z.looseObject({
              index_key: z.union([z.string(), z.number()]).optional(),
              attributes: z.looseObject({ id: z.unknown().optional() }).default({}),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

/** A state as it lies in S3. Holds values in clear: never show or keep it. */
export type State = z.infer<typeof stateSchema>;

/** @throws UserError when the text is not a state of the format Terraform has written since 0.12. */
export function parseState(text: string, where: string): State {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected a Terraform state, version 4, in ${where}, but ${why}.`);
  }
}

/** What there is at a state's place. */
export type StateLookup =
  | { readonly kind: "no-bucket" }
  | { readonly kind: "no-state" }
  | { readonly kind: "state"; readonly state: State };

/** Reads states. */
export type ReadState = (location: S3Location) => Promise<StateLookup>;

/**
 * Reads states from S3 with the credentials of an environment: its access key if it has one, else those the AWS SDK
 * finds (profile, single sign-on, web identity).
 * @throws UserError when S3 refuses or does not answer.
 */
export function stateReader(env: NodeJS.ProcessEnv): ReadState {
  const clients = new Map<string, S3Client>();
  const clientFor = (region: string): S3Client => {
    const client = clients.get(region) ?? s3Client(env, region);
    clients.set(region, client);
    return client;
  };
  return async ({ bucket, key, region }) => {
    const s3 = clientFor(region);
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const text = (await Body?.transformToString()) ?? "";
      return text === "" ? { kind: "no-state" } : { kind: "state", state: parseState(text, `s3://${bucket}/${key}`) };
    } catch (error) {
      if (error instanceof UserError) throw error;
      const name = error instanceof Error ? error.name : "";
      if (name === "NoSuchBucket") return { kind: "no-bucket" };
      if (name === "NoSuchKey") return { kind: "no-state" };
      const advice = name === "CredentialsProviderError" ? `. ${signIn}` : "";
      throw new UserError(`The state s3://${bucket}/${key} can't be read: ${name}: ${messageOf(error)}${advice}`);
    }
  };
}

/** @throws UserError when the bucket belongs to another account, or S3 does not answer. */
export async function bucketExists(env: NodeJS.ProcessEnv, { bucket, region }: S3Location): Promise<boolean> {
  try {
    await s3Client(env, region).send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "NotFound" || name === "NoSuchBucket") return false;
    throw new UserError(`The state bucket ${bucket} can't be looked at: ${name}: ${messageOf(error)}`);
  }
}

/**
 * Removes the lock of a state that was never written, if this user on this computer left it there: a migration that was
 * killed. Locks of others stay.
 */
export async function removeOwnLock(env: NodeJS.ProcessEnv, { bucket, key, region }: S3Location): Promise<void> {
  const s3 = s3Client(env, region);
  const lock = { Bucket: bucket, Key: `${key}.tflock` };
  try {
    const { Body } = await s3.send(new GetObjectCommand(lock));
    const { Who } = z.object({ Who: z.string() }).parse(JSON.parse((await Body?.transformToString()) ?? ""));
    if (Who === `${userInfo().username}@${hostname()}`) await s3.send(new DeleteObjectCommand(lock));
  } catch {
    // No lock, or not one that can be read: Terraform looks for itself, and says what it finds.
  }
}
