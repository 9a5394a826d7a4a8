import { createServer, type Server } from "node:http";
import { MemoryStore } from "../../functions/memory-store";

/** A bucket that answers GET and PUT by URL, as S3 does with signed ones. */
export function httpExchange(bucket: string): { readonly store: MemoryStore; url(key: string): Promise<string> } {
  const store = new MemoryStore();
  let server: Server | undefined;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = `${bucket}${request.url}`;
      if (request.method === "GET") {
        response.writeHead(store.objects.has(path) ? 200 : 404).end(store.objects.get(path));
        return;
      }
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        store.objects.set(path, Buffer.concat(parts));
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server?.close();
  });
  const url = async (key: string): Promise<string> => {
    const address = server?.address();
    if (typeof address !== "object" || address === null) throw new Error("Addresses are only there while tests run.");
    return `http://127.0.0.1:${address.port}/${key}`;
  };
  return { store, url };
}
