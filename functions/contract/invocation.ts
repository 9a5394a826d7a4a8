import * as z from "zod";
import { processingSettings } from "../../environments/settings/processing";
import { CONTRACT_VERSION } from "./process";
import { refusalReasons } from "./refusal";
import { featuresSchema, outputSchema } from "./result";

/**
 * The contract over the Lambda event, for code in any language in a container image: what the platform sends for one
 * image, and what it wants for an answer. A request and an answer may have 6 MB each (Lambda Developer Guide, "Lambda
 * quotas"), so large files travel through S3.
 */
export const MAX_PAYLOAD_BYTES = 6_000_000;

const imageFields = {
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** For people, never to be trusted. */
  name: z.string(),
  sizeBytes: z.int().min(0),
};

/** What the function gets. */
export const invocationSchema = z.strictObject({
  contractVersion: z.literal(CONTRACT_VERSION),
  image: z.union([
    z.strictObject({ ...imageFields, bytesBase64: z.base64() }),
    /** The file is read by GET from here, within the seconds allowed. */
    z.strictObject({ ...imageFields, url: z.url() }),
  ]),
  context: z.strictObject({
    limits: processingSettings.shape.limits,
    renditions: processingSettings.shape.renditions,
    secondsAllowed: z.number().positive(),
  }),
  /** Places for outputs that do not fit into the answer: each takes one output by PUT. */
  slots: z.array(z.url()),
});

export type Invocation = z.infer<typeof invocationSchema>;

/** The known reasons, and the engineers' own. */
const reason = z.union([
  z.enum(refusalReasons),
  z.string().regex(/^custom-[a-z0-9-]{1,56}$/) as unknown as z.ZodType<`custom-${string}`>,
]);

/** What the function answers: outputs and features, or that the image is refused for good. Whatever else it answers or throws is a fault of the moment. */
export const answerSchema = z.union([
  z.strictObject({ refused: z.strictObject({ reason, message: z.string().min(1).max(1000) }) }),
  z.strictObject({
    outputs: z.array(
      z.union([
        z.strictObject({ ...outputSchema.shape, bytesBase64: z.base64() }),
        /** Index of the slot that holds the output's bytes. */
        z.strictObject({ ...outputSchema.shape, slot: z.int().min(0) }),
      ]),
    ),
    features: featuresSchema,
  }),
]);

export type Answer = z.infer<typeof answerSchema>;
