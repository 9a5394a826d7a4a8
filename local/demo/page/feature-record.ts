import { z } from "zod";

/** What the page reads of a feature record (`features/dt=…`); the engineers' features are shown as they are. */
const featureRecord = z.looseObject({
  imageId: z.string(),
  source: z.enum(["stream", "upload"]),
  name: z.string(),
  receivedAt: z.string(),
  processedAt: z.string(),
  original: z.looseObject({ bucket: z.string(), key: z.string(), sizeBytes: z.number() }),
  outputs: z.array(z.looseObject({ name: z.string(), key: z.string() })),
  features: z.record(z.string(), z.unknown()),
});

export type FeatureRecord = z.infer<typeof featureRecord>;

/** What the page reads of a reason of refusal (`refused/dt=…/reason.json`). */
const refusal = z.looseObject({
  imageId: z.string(),
  source: z.string(),
  name: z.string(),
  reason: z.string(),
  message: z.string(),
  receivedAt: z.string(),
  quarantinedAt: z.string(),
  sizeBytes: z.number().optional(),
});

export type Refusal = z.infer<typeof refusal>;

const parse = <T>(schema: z.ZodType<T>, bytes: Uint8Array | undefined): T | undefined => {
  if (bytes === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch {
    return undefined;
  }
};

/** The record, or undefined when the object is gone or is none. */
export const parseFeatureRecord = (bytes: Uint8Array | undefined): FeatureRecord | undefined =>
  parse(featureRecord, bytes);

/** The reason, or undefined when the object is gone or is none. */
export const parseRefusal = (bytes: Uint8Array | undefined): Refusal | undefined => parse(refusal, bytes);
