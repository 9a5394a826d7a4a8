import type { FastifyInstance, FastifyReply } from "fastify";
import { parseFeatureRecord } from "./feature-record";
import { formatOf } from "./gallery-view";
import type { PageData } from "./page-data";
import { browserType } from "./picture-block";
import { featuresKeyOf, type ImageAddress } from "./processed-image";
import { filePolicy } from "./security";

const outputTypes: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
};

/** The bytes of originals, renditions and refused files, out of S3. Nothing but keys that a record names is ever read. */
export function serveMedia(server: FastifyInstance, { store, buckets }: PageData): void {
  const recordOf = async (address: ImageAddress) => {
    const key = featuresKeyOf(address);
    return key === undefined ? undefined : parseFeatureRecord(await store.get(buckets.processed, key));
  };

  server.get<{ Params: ImageAddress }>("/images/:day/:file/original", async ({ params }, reply) => {
    const record = await recordOf(params);
    // A record names its bucket; only the uploads bucket of this environment is read for it.
    if (record === undefined || record.original.bucket !== buckets.uploads) return reply.callNotFound();
    return send(reply, await store.get(buckets.uploads, record.original.key), browserType(formatOf(record)));
  });

  server.get<{ Params: ImageAddress & { name: string } }>(
    "/images/:day/:file/outputs/:name",
    async ({ params }, reply) => {
      const output = (await recordOf(params))?.outputs.find(({ name }) => name === params.name);
      if (output === undefined) return reply.callNotFound();
      const extension = output.key.slice(output.key.lastIndexOf(".") + 1);
      return send(reply, await store.get(buckets.processed, output.key), outputTypes[extension]);
    },
  );

  server.get<{ Params: { day: string; id: string } }>("/quarantine/:day/:id/original", async ({ params }, reply) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(params.day) || !/^[A-Za-z0-9_-]{1,64}$/.test(params.id)) return reply.callNotFound();
    return send(
      reply,
      await store.get(buckets.quarantine, `refused/dt=${params.day}/${params.id}/original`),
      undefined,
    );
  });
}

/** Without a type that browsers show, the file is only offered for download. */
function send(reply: FastifyReply, bytes: Uint8Array | undefined, type: string | undefined) {
  if (bytes === undefined) return reply.callNotFound();
  if (type === undefined) reply.header("content-disposition", "attachment");
  return reply
    .header("content-security-policy", filePolicy)
    .type(type ?? "application/octet-stream")
    .send(Buffer.from(bytes));
}
