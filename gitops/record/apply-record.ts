import { z } from "zod";
import { runSchema } from "../review/manifest";

const count = z.int().min(0);

/** What became of one stack in an apply. No value of any resource is in it. */
const stackRecordSchema = z.strictObject({
  stack: z.string(),
  /** Of a stack that is to be destroyed: the commit by whose configuration. */
  removedFrom: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
  outcome: z.enum(["applied", "nothing", "failed", "skipped", "waits", "refused"]),
  /** Whether the reviewed plan itself was applied, or one made anew that does the same. */
  plan: z.enum(["reviewed", "anew", "none"]),
  /** Why not the reviewed one, or why nothing was done. */
  why: z.string().optional(),
  changesSha256: z.string().optional(),
  serialBefore: count.nullable(),
  serialAfter: count.nullable(),
  counts: z.strictObject({ add: count, change: count, destroy: count }),
});

/** What an apply after a merge did to one environment: written once, never changed. */
export const applyRecordSchema = z.strictObject({
  version: z.literal(1),
  /** Commit on the main branch. */
  merge: z.string().regex(/^[0-9a-f]{40}$/),
  /** Null for a commit that came without a pull request. */
  pullRequest: z.int().min(1).nullable(),
  environment: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  outcome: z.enum(["applied", "nothing", "failed", "refused"]),
  /** Why nothing was done, or why it ended too early; what concerns one stack stands there. */
  why: z.string().optional(),
  stacks: z.array(stackRecordSchema),
  run: runSchema,
  /** GitHub names of who merged, and of who approved the deployment. */
  actor: z.string(),
  approvedBy: z.array(z.string()),
});

/** See {@link applyRecordSchema}. */
export type ApplyRecord = z.infer<typeof applyRecordSchema>;

/** Written before anything is changed: an apply that was killed leaves this and no record. */
export const applyStartSchema = applyRecordSchema
  .pick({ version: true, merge: true, pullRequest: true, environment: true, startedAt: true, run: true, actor: true })
  .strict();

/** See {@link applyStartSchema}. */
export type ApplyStart = z.infer<typeof applyStartSchema>;
