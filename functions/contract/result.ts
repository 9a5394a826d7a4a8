import * as z from "zod";
import type { ImageFeatures } from "./process";

/** An output but for its bytes, as {@link OutputImage} describes it. Its name and extension become part of a key. */
export const outputSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: "lower-case letters, digits and '-', at most 64" }),
  extension: z
    .string()
    .regex(/^[a-z0-9]{1,10}$/, { error: "lower-case letters and digits, at most 10, without a dot" }),
  contentType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,64}$/, { error: "a media type, for example image/jpeg" }),
  width: z.int({ error: "whole pixels" }).min(1, { error: "at least 1 pixel" }),
  height: z.int({ error: "whole pixels" }).min(1, { error: "at least 1 pixel" }),
  frames: z.int({ error: "a whole number of frames" }).min(1, { error: "at least 1 frame" }),
});

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const optionalNumber = z.number().nullable();

const known = {
  width: count,
  height: count,
  format: z.enum(["jpeg", "png", "webp", "avif", "gif", "tiff"]),
  bytes: count,
  frames: count,
  hasAlpha: z.boolean(),
  colourSpace: z.string(),
  dominantColours: z.array(z.string().regex(/^#[0-9a-f]{6}$/)).max(5),
  dominantShares: z.array(share).max(5),
  perceptualHash: z.string().regex(/^[0-9a-f]{16}$/),
  sharpness: z.number(),
  entropy: z.number(),
  meanBrightness: z.number(),
  contrast: z.number(),
  darkShare: share,
  brightShare: share,
  capturedAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d)?$/)
    .nullable(),
  exposureSeconds: optionalNumber,
  fNumber: optionalNumber,
  isoSpeed: optionalNumber,
} satisfies Record<keyof ImageFeatures, z.ZodType>;

/** Whether every feature is one of the contract or, by its name, one of the engineers' own. */
export const namesAreKnown = (features: object): boolean =>
  Object.keys(features).every((name) => name in known || /^custom[A-Z][A-Za-z0-9]{0,56}$/.test(name));

export const nameRule = "names of your own features to begin with custom, for example customFaces";

/** `ImageFeatures` and `OwnFeatures` of process.ts. */
export const featuresSchema = z
  .object(known)
  .catchall(z.union([scalar, z.array(scalar)]))
  .refine(namesAreKnown, { error: nameRule });

/** Faults of a schema in one line: where, what was expected. */
export const faultsOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join(".") || "the whole"}: expected ${message}`).join("; ");
