import { z } from "zod";

/** Why a change is held until a code owner has let it pass. */
export const gateKinds = [
  "stack-removed",
  "stateful-destroyed",
  "retention-shortened",
  "rights-widened",
  "public-exposure",
  "environment-removed",
] as const;

/** One reason that holds a pull request. It holds no values. */
export const gateSchema = z.strictObject({
  kind: z.enum(gateKinds),
  /** The resource's address, or the setting's path. */
  subject: z.string(),
  /** One sentence. */
  words: z.string(),
});

/** See {@link gateSchema}. */
export type Gate = z.infer<typeof gateSchema>;
