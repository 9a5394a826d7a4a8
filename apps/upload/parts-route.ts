import type { Part } from "@aws-sdk/client-s3";
import type { FastifyInstance } from "fastify";
import { Problem } from "../common/problem";
import type { OpenUpload } from "./bucket-uploads";
import { partCount, partSize } from "./parts";
import { isUploadKey } from "./upload-key";
import type { UploadsRouteProps } from "./uploads-route";

interface UploadBody extends OpenUpload {
  readonly sizeBytes: number;
}

/** Parts that one request may have signed. */
const mostNumbers = 100;

const upload = {
  key: { type: "string", maxLength: 500 },
  uploadId: { type: "string", pattern: "^[A-Za-z0-9._~-]{1,1024}$" },
} as const;
const sizeBytes = { type: "integer", minimum: 1 } as const;
const numbers = {
  type: "array",
  minItems: 1,
  maxItems: mostNumbers,
  items: { type: "integer", minimum: 1, maximum: 10_000 },
} as const;
const bodyOf = (properties: Readonly<Record<string, unknown>>) => ({
  body: { type: "object", required: Object.keys(properties), additionalProperties: false, properties },
});

/**
 * Uploads in parts: `POST /uploads/state` tells which parts S3 has, `/parts` signs URLs for others, `/complete` puts them
 * together, `/abort` removes them.
 */
export function addPartsRoute(
  app: FastifyInstance,
  { settings, uploads }: Pick<UploadsRouteProps, "settings" | "uploads">,
): void {
  const { MAX_IMAGE_BYTES, PART_BYTES } = settings;
  /** The parts of the right size; others are sent again and replaced. */
  const present = async (open: UploadBody): Promise<readonly Part[]> => {
    const found = await uploads.parts(open);
    if (found === undefined) throw gone();
    return found.filter(({ PartNumber = 0, Size }) => Size === partSize(PartNumber, open.sizeBytes, PART_BYTES));
  };
  app.post<{ Body: UploadBody }>("/uploads/state", { schema: bodyOf({ ...upload, sizeBytes }) }, async ({ body }) => {
    check(body, MAX_IMAGE_BYTES);
    const parts = partCount(body.sizeBytes, PART_BYTES);
    return { partBytes: PART_BYTES, parts, present: (await present(body)).map(({ PartNumber }) => PartNumber) };
  });
  app.post<{ Body: UploadBody & { readonly numbers: readonly number[] } }>(
    "/uploads/parts",
    { schema: bodyOf({ ...upload, sizeBytes, numbers }) },
    async ({ body }) => {
      check(body, MAX_IMAGE_BYTES);
      const count = partCount(body.sizeBytes, PART_BYTES);
      const beyond = body.numbers.filter((number) => number > count);
      if (beyond.length > 0) {
        throw bad(`A file of ${body.sizeBytes} bytes has ${count} parts, but part ${beyond.join(", ")} was asked for.`);
      }
      const sign = async (number: number) => ({
        number,
        url: await uploads.partUrl(body, number, partSize(number, body.sizeBytes, PART_BYTES)),
      });
      return { parts: await Promise.all(body.numbers.map(sign)) };
    },
  );
  app.post<{ Body: UploadBody }>(
    "/uploads/complete",
    { schema: bodyOf({ ...upload, sizeBytes }) },
    async ({ body }) => {
      check(body, MAX_IMAGE_BYTES);
      const parts = await present(body);
      const missing = missingParts(parts, partCount(body.sizeBytes, PART_BYTES));
      if (missing.length > 0) throw incomplete(missing);
      if (!(await uploads.complete(body, parts))) throw gone();
      return { key: body.key };
    },
  );
  app.post<{ Body: OpenUpload }>("/uploads/abort", { schema: bodyOf(upload) }, async ({ body }, reply) => {
    check(body, MAX_IMAGE_BYTES);
    await uploads.abort(body);
    return reply.code(204).send();
  });
}

const missingParts = (parts: readonly Part[], count: number): number[] => {
  const there = new Set(parts.map(({ PartNumber }) => PartNumber));
  return Array.from({ length: count }, (_, index) => index + 1).filter((number) => !there.has(number));
};

/** @throws Problem when this app made no such upload. */
function check({ key, sizeBytes = 0 }: OpenUpload & { readonly sizeBytes?: number }, mostBytes: number): void {
  if (!isUploadKey(key)) throw bad(`${JSON.stringify(key)} is no key that this service gave out.`);
  if (sizeBytes > mostBytes) throw bad(`At most ${mostBytes} bytes are accepted, but the file has ${sizeBytes}.`);
}

const bad = (detail: string): Problem =>
  new Problem({ status: 400, code: "bad-request", title: "The request is not as described", detail });

const gone = (): Problem =>
  new Problem({
    status: 404,
    code: "upload-gone",
    title: "The upload is over",
    detail: "This upload was completed or removed. Start it anew.",
  });

const incomplete = (missing: readonly number[]): Problem =>
  new Problem({
    status: 409,
    code: "parts-missing",
    title: "Parts are missing",
    detail: `S3 does not have part ${missing.join(", ")} in full. Send it and complete the upload again.`,
    more: { missing },
  });
