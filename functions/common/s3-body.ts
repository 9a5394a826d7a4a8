import type { GetObjectCommand, GetObjectCommandOutput } from "@aws-sdk/client-s3";
import type { Found } from "./store";

/**
 * Makes reading the body a part of the request. The SDK repeats a request until its headers are there; a connection that
 * breaks later would fail the image although the object can be read again at once.
 */
export function readWithin(
  command: GetObjectCommand,
  maxBytes: number,
): { readonly command: GetObjectCommand; found(): Found } {
  let found: Found = { state: "missing" };
  // Low in this step is below the SDK's repetitions, which are high.
  command.middlewareStack.add(
    (next) => async (request) => {
      const answer = await next(request);
      found = await bodyOf(answer.output as GetObjectCommandOutput, maxBytes);
      return answer;
    },
    { name: "readBody", step: "finalizeRequest", priority: "low" },
  );
  return { command, found: () => found };
}

async function bodyOf({ Body, ContentLength = 0 }: GetObjectCommandOutput, maxBytes: number): Promise<Found> {
  if (Body === undefined) return { state: "missing" };
  if (ContentLength > maxBytes) {
    // Hang up, or the connection would carry the rest of the object.
    if ("destroy" in Body) Body.destroy();
    return { state: "too-large", sizeBytes: ContentLength };
  }
  return { state: "found", bytes: await Body.transformToByteArray() };
}
