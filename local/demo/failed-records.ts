import { z } from "zod";

const record = z.object({ key: z.string().nullish() });
const event = z.object({ records: z.record(z.string(), z.array(record)) });

/** What Lambda writes to an on-failure bucket (Lambda Developer Guide, "Configuring on-failure destinations for Kafka"). */
const invocation = z.object({
  payload: z.union([event, z.string().transform((text) => event.parse(JSON.parse(text)))]),
});

/**
 * Ids of the images in an invocation that Lambda gave up on: the keys of its Kafka records.
 * An object that is no such invocation holds no images.
 */
export function failedImageIds(bytes: Uint8Array | undefined): string[] {
  if (bytes === undefined) return [];
  try {
    const { payload } = invocation.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    return Object.values(payload.records)
      .flat()
      .flatMap(({ key }) => (key ? [Buffer.from(key, "base64").toString("utf8")] : []));
  } catch {
    return [];
  }
}
