import type { FastifyInstance } from "fastify";
import { admit, type OfferedFile } from "./admit";
import type { BucketUploads } from "./bucket-uploads";
import { partCount } from "./parts";
import type { UploadSettings } from "./settings";
import { newUploadKey } from "./upload-key";

export interface UploadsRouteProps {
  readonly settings: UploadSettings;
  readonly uploads: BucketUploads;
  readonly now: () => Date;
}

/** Files that one request may ask for. */
const mostFiles = 50;

const body = {
  type: "object",
  required: ["files"],
  additionalProperties: false,
  properties: {
    files: {
      type: "array",
      minItems: 1,
      maxItems: mostFiles,
      items: {
        type: "object",
        required: ["name", "sizeBytes", "head"],
        additionalProperties: false,
        properties: {
          name: { type: "string", maxLength: 1000 },
          sizeBytes: { type: "integer", minimum: 0 },
          head: { type: "string", maxLength: 400, pattern: "^[A-Za-z0-9+/]*=*$" },
        },
      },
    },
  },
} as const;

/**
 * `POST /uploads`: for each file either a signed form, or an upload in parts, or why it is refused, in the same order. One
 * file's refusal does not touch the others.
 */
export function addUploadsRoute(app: FastifyInstance, { settings, uploads, now }: UploadsRouteProps): void {
  const ticket = async (file: OfferedFile) => {
    const admission = admit(file, settings);
    if ("why" in admission) return { state: "refused", ...admission };
    const { sizeBytes } = file;
    const object = { key: newUploadKey(file.name, now()), type: admission.type, sizeBytes };
    if (sizeBytes < settings.MULTIPART_FROM_BYTES) {
      const form = await uploads.form(object);
      return { state: "form", key: object.key, ...form, seconds: settings.SIGNED_SECONDS };
    }
    const open = await uploads.open(object);
    const parts = partCount(sizeBytes, settings.PART_BYTES);
    return { state: "parts", ...open, partBytes: settings.PART_BYTES, parts };
  };
  app.post<{ Body: { files: readonly OfferedFile[] } }>("/uploads", { schema: { body } }, async (request) => ({
    files: await Promise.all(request.body.files.map(ticket)),
  }));
}
