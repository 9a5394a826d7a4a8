import { z } from "zod";
import { bindingSchema } from "../plan-binding";
import { gateSchema } from "./gate";

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** The run of a workflow that made something; on a laptop id `0`, attempt 1. */
export const runSchema = z.strictObject({ id: z.string(), attempt: z.int().min(1) });

/**
 * What was reviewed for one stack of a pull request, and what it was made from: enough to tell whether a kept plan may
 * be applied after the merge, and whether a plan made anew does the same. No value of any resource is in it.
 */
export const reviewManifestSchema = z.strictObject({
  version: z.literal(1),
  pullRequest: z.int().min(1),
  /** Commits: of the pull request, of the branch it goes to. */
  head: sha,
  base: sha,
  /** Git tree of the merge of both that was planned: equal trees, equal code. */
  mergeTree: sha,
  environment: z.string(),
  stack: z.string(),
  /** A plan that destroys the stack, which the pull request removes: the commit by whose configuration. */
  removedFrom: sha.optional(),
  outcome: z.enum(["changes", "no-changes"]),
  binding: bindingSchema,
  /** changesHash() */
  changesSha256: sha256,
  counts: z.strictObject({ add: count, change: count, destroy: count, replace: count }),
  gates: z.array(gateSchema),
  run: runSchema,
  createdAt: z.iso.datetime(),
});

/** See {@link reviewManifestSchema}. */
export type ReviewManifest = z.infer<typeof reviewManifestSchema>;
