import { createServer } from "node:http";

/**
 * As much of S3 and Lambda as listing and dispatching need, in a process of its own, so that its memory is not measured: a bucket with a
 * given number of pending keys, and a batch function that finishes whatever it gets. Tells its port, and counts images.
 */
const keys = Number(process.argv[2]);
const pageKeys = 1000;
let taken = 0;

const keyOf = (index: number): string => `pending/2026/01/31/photograph-${String(index).padStart(9, "0")}.jpg`;

const entry = (index: number): string =>
  `<Contents><Key>${keyOf(index)}</Key><LastModified>2026-01-31T12:00:00.000Z</LastModified>` +
  `<ETag>&quot;${index.toString(16).padStart(32, "0")}&quot;</ETag><Size>${100_000 + (index % 100_000)}</Size>` +
  "<StorageClass>STANDARD</StorageClass></Contents>";

function page(from: number): string {
  const count = Math.min(pageKeys, keys - from);
  const entries = Array.from({ length: count }, (_, offset) => entry(from + offset)).join("");
  const next = from + count < keys ? `<NextContinuationToken>${from + count}</NextContinuationToken>` : "";
  return (
    '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
    `<Name>uploads</Name><Prefix>pending/</Prefix><KeyCount>${count}</KeyCount><MaxKeys>${pageKeys}</MaxKeys>` +
    `<IsTruncated>${next !== ""}</IsTruncated>${entries}${next}</ListBucketResult>`
  );
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  if (request.method === "GET" && url.pathname === "/taken") {
    response.end(String(taken));
  } else if (request.method === "GET") {
    response.setHeader("content-type", "application/xml");
    response.end(page(Number(url.searchParams.get("continuation-token") ?? 0)));
  } else {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { Items } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { readonly Items: readonly unknown[] };
      taken += Items.length;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ left: 0, Items: [], summary: "{}" }));
    });
  }
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : ""}\n`);
});
// Whoever started it is gone.
process.stdin.resume().on("end", () => process.exit());
