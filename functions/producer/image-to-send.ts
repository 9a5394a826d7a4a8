import * as z from "zod";

/** An image on its way into the stream. */
export interface ImageToSend {
  /**
   * Identity of the image, 1 to 64 letters, digits, `_` or `-`. An image sent again under the same id, with the same
   * `sentAt`, is the same image: it is processed once.
   */
  readonly id: string;
  /** The file's name, for people; at most 1024 bytes in UTF-8. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** When the program got the image: part of where its objects lie, so the same again when it is sent again. */
  readonly sentAt: Date;
}

/** The image cannot be sent as it is; the message names every fault. Sending it again is of no use. */
export class ImageFaults extends Error {
  override readonly name = "ImageFaults";
}

const id = "1 to 64 letters, digits, '_' or '-'";
const name = "a file name of 1 to 1024 bytes in UTF-8";
const sentAt = "an instant from year 0 to 9999";

const schema = z.object({
  id: z.string({ error: id }).regex(/^[A-Za-z0-9_-]{1,64}$/, { error: id }),
  name: z
    .string({ error: name })
    .min(1, { error: name })
    .refine((text) => Buffer.byteLength(text) <= 1024, { error: name }),
  bytes: z.instanceof(Uint8Array, { error: "the file's bytes" }),
  sentAt: z.date({ error: sentAt }).refine((instant) => /^\d{4}-/.test(instant.toISOString()), { error: sentAt }),
});

/** @throws ImageFaults naming every fault. */
export function checkImage(image: ImageToSend): void {
  const { error } = schema.safeParse(image);
  if (error === undefined) return;
  const faults = error.issues.map(({ path, message }) => {
    const value = (image as unknown as Record<PropertyKey, unknown>)[path[0] ?? ""];
    return `${path.join(".")}: expected ${message}, but got ${JSON.stringify(value)?.slice(0, 200) ?? "nothing"}`;
  });
  throw new ImageFaults(`The image cannot be sent. ${faults.join("; ")}`);
}
