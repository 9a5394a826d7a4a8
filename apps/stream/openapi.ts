import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { imageTypes } from "../common/image-types";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "Problem#" } } },
});

const retried = (description: string) => ({
  ...problem(description),
  headers: { "Retry-After": { type: "integer", description: "Seconds to wait." } },
});

/** What `POST /images` takes and answers. */
export const imagesSchema = {
  summary: "Sends an image into the stream",
  description:
    "The body is the image, or a form with one file. The image's kind is told by its first bytes. 202 means that every " +
    "in-sync replica of Kafka has the image. An image that was not confirmed may be sent again with the same Image-Id.",
  tags: ["images"],
  querystring: {
    type: "object",
    properties: {
      name: { type: "string", minLength: 1, maxLength: 1024, description: "File name, where the body is the image." },
    },
  },
  headers: {
    type: "object",
    properties: {
      "image-id": {
        type: "string",
        maxLength: 64,
        description: "The image's identity: a UUID of version 7 made within the last 24 hours. Given where left out.",
      },
    },
  },
  response: {
    202: {
      description: "Kafka has the image.",
      type: "object",
      required: ["id", "name", "kind", "sizeBytes", "mediaType"],
      properties: {
        id: { type: "string", description: "The image's identity." },
        name: { type: "string" },
        kind: {
          type: "string",
          enum: ["inline", "claim"],
          description: "In its record, or in S3 with a record that names it.",
        },
        sizeBytes: { type: "integer" },
        mediaType: { type: "string", enum: imageTypes.map(({ mediaType }) => mediaType) },
      },
    },
    400: problem("The image's id, name or form is not usable, the file is empty, or the upload broke off."),
    401: problem("Nobody is signed in."),
    403: problem("A page of another site made the request."),
    411: problem("A form without Content-Length."),
    413: problem("The image is too large."),
    415: problem("The file is not an image of an accepted kind."),
    429: retried("More requests or images than are allowed, or than can be passed on."),
    503: retried("The stream is down, or the image was not confirmed."),
  },
} as const;

const file = { type: "string", format: "binary" } as const;

/** Bodies as callers send them. Not part of the route's schema: the handler reads them as they arrive. */
const requestBody = {
  required: true,
  content: {
    ...Object.fromEntries(imageTypes.map(({ mediaType }) => [mediaType, { schema: file }])),
    "application/octet-stream": { schema: file },
    "multipart/form-data": {
      schema: { type: "object", required: ["image"], properties: { image: { ...file, description: "The one file." } } },
    },
  },
};

/** `/openapi.json`: what the routes' own schemas say, by which requests are checked and answers written. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Darkroom stream", version: "1", description: "Sends images into the stream (docs/apps.md)." },
    },
    refResolver: { buildLocalReference: ({ $id }, _base, _fragment, index) => String($id ?? `schema-${index}`) },
  });
  app.get("/openapi.json", { schema: { hide: true } }, async () => {
    const { paths = {}, ...others } = app.swagger();
    const { post, ...images } = paths["/images"] ?? {};
    return { ...others, paths: { ...paths, "/images": { ...images, post: { ...post, requestBody } } } };
  });
}
