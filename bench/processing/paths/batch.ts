import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { prefixes } from "../../../functions/common/layout";
import { bounded } from "../../../local/demo/bounded";
import type { StoredObject } from "../../../local/demo/object-store";
import { type FunctionProps, startFunction } from "./function-process";
import { expectProcessed, type MeasuredPath, type PathImage } from "./measured-path";
import { buckets, type Services } from "./services";

/**
 * S3 → listing → batch function → S3: uploads wait below `pending/`; they are listed and handed to the function in the
 * batches and the form of the Distributed Map's ItemBatcher, one call after the other, as one execution environment gets them.
 */
export async function batchPath(services: Services, props: FunctionProps): Promise<MeasuredPath> {
  const { batchItems } = props.environment.processing;
  const batchFunction = await startFunction("batch", props);
  return {
    run: (images) =>
      expectProcessed(services, images.length, async () => {
        const prefix = `${prefixes.pending}${randomUUID()}/`;
        const upload = async ({ path }: PathImage, index: number): Promise<string> =>
          services.store.put(buckets.uploads, `${prefix}${index}`, await readFile(path));
        await bounded(images, 4, upload);
        await batchFunction.usage();
        const listed = await services.store.list(buckets.uploads, prefix);
        for (let first = 0; first < listed.length; first += batchItems) {
          await batchFunction.call({ Items: listed.slice(first, first + batchItems).map(itemOf) });
        }
        return batchFunction.usage();
      }),
    stop: () => batchFunction.stop(),
  };
}

/** As the Distributed Map writes it. */
const itemOf = ({ key, etag, sizeBytes, lastModified }: StoredObject) => ({
  Key: key,
  Etag: etag,
  Size: sizeBytes,
  LastModified: Math.floor(lastModified.getTime() / 1000),
});
