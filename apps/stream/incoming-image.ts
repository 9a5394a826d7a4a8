import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { Problem } from "../common/problem";
import { tooLarge } from "./read-image";

/** Bytes that a form has beside its file, at most. */
export const formBytes = 65_536;

/** An image on its way in. */
export interface IncomingImage {
  /** undefined when the caller named none. */
  readonly name: string | undefined;
  readonly stream: Readable;
  /** Resolves when whatever else the request holds is read. @throws Problem 400 when it holds a second file. */
  rest(): Promise<void>;
}

const badForm = (detail: string): Problem =>
  new Problem({ status: 400, code: "bad-form", title: "The form is not as described", detail });

/**
 * What a request announces to have at most. @throws Problem 411 when it is a form and says nothing, 413 when it is too much
 */
export function announcedBytes(request: FastifyRequest, mostBytes: number): number {
  const header = request.headers["content-length"];
  const form = request.isMultipart();
  if (header === undefined && form) {
    const detail =
      "Expected the header Content-Length with a form. Send the file itself instead if its length is not known.";
    throw new Problem({ status: 411, code: "no-length", title: "The length is missing", detail });
  }
  const announced = header === undefined ? mostBytes : Number(header);
  if (announced > mostBytes + (form ? formBytes : 0)) throw tooLarge(mostBytes);
  return announced;
}

/** Finds the image: the body itself, or the one file of a form. @throws Problem 400 when the form has no file first. */
export async function incomingImage(request: FastifyRequest, mostBytes: number): Promise<IncomingImage> {
  if (!request.isMultipart()) {
    const { name } = request.query as { readonly name?: string };
    return { name, stream: request.raw, rest: async () => undefined };
  }
  // One byte more than allowed: read-image refuses it, and busboy would cut it off without a word.
  const limits = { fileSize: mostBytes + 1, files: 2, fields: 10, fieldSize: 1000, headerPairs: 100, parts: 12 };
  const parts = request.parts({ limits });
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done) throw badForm("Expected one file in the form, but there is none.");
    if (part.type !== "file") continue;
    const rest = async (): Promise<void> => {
      for await (const more of { [Symbol.asyncIterator]: () => parts }) {
        if (more.type !== "file") continue;
        more.file.resume();
        throw badForm("Expected one file in the form, but there are several. Send each in a request of its own.");
      }
    };
    return { name: part.filename || undefined, stream: part.file, rest };
  }
}
