import type { IncomingMessage } from "node:http";

/**
 * Reads what is left of a refused request and forgets it, so that the caller gets to reading the answer: a browser that is
 * still sending when the connection ends shows a broken connection instead. Gives up after `mostBytes` or `seconds`.
 */
export function discardRest(request: IncomingMessage, mostBytes: number, seconds: number): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = mostBytes;
    const done = (): void => {
      clearTimeout(timer);
      request.off("data", count).off("end", done).off("close", done).off("error", done);
      resolve();
    };
    const count = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left < 0) done();
    };
    const timer = setTimeout(done, seconds * 1000);
    // From a form's parser, which waits until somebody takes the file.
    request.unpipe();
    request.on("data", count).on("end", done).on("close", done).on("error", done);
    request.resume();
  });
}
