/** Why an image was refused for good; docs/engineers.md explains each to the people who sent it. */
export const refusalReasons = [
  "empty",
  "not-an-image",
  "unsupported-format",
  "too-many-bytes",
  "too-many-pixels",
  "too-many-frames",
  "corrupt",
  "timeout",
] as const;

/** A known reason, or one of the engineers' own. */
export type RefusalReason = (typeof refusalReasons)[number] | `custom-${string}`;

/** The image can never be processed. It is kept in quarantine with this reason, and nothing tries it again. */
export class ImageRefused extends Error {
  override readonly name = "ImageRefused";

  constructor(
    readonly reason: RefusalReason,
    /** One sentence for the person who sent the image: what was expected, what came. */
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
