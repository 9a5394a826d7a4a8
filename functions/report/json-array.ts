import { JSONParser } from "@streamparser/json";

/**
 * Gives the elements of a JSON array to `take` one after the other while it is read, so that memory does not grow with the array.
 * @throws Error when it is not JSON, or ends too early.
 */
export async function eachElement(chunks: AsyncIterable<Uint8Array>, take: (element: unknown) => void): Promise<void> {
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  let ended = false;
  parser.onValue = ({ value }) => take(value);
  parser.onEnd = () => {
    ended = true;
  };
  for await (const chunk of chunks) parser.write(chunk);
  if (!ended) throw new Error("The JSON ends before its array does");
}
