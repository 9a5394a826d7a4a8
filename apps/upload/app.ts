import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import type { FastifyInstance } from "fastify";
import { addHealth } from "../common/health";
import { imageTypes } from "../common/image-types";
import { addPage } from "../common/page";
import { createServer, type ServerProps } from "../common/server";
import { BucketPictures } from "./bucket-pictures";
import { BucketUploads } from "./bucket-uploads";
import { nextBatch } from "./next-batch";
import { addPartsRoute } from "./parts-route";
import { addPicturesRoute } from "./pictures-route";
import type { UploadSettings } from "./settings";
import { addUploadsRoute } from "./uploads-route";

export interface UploadAppProps extends Pick<ServerProps, "log" | "fetchKey"> {
  readonly settings: UploadSettings;
  readonly s3: S3Client;
  /** @default - the clock */
  readonly now?: () => Date;
}

/** Web app 2: signs what browsers upload straight to S3, tells when the next batch runs, and shows what was processed. */
export async function uploadApp(props: UploadAppProps): Promise<FastifyInstance> {
  const { settings, s3, now = () => new Date(), ...server } = props;
  const { UPLOADS_BUCKET, PROCESSED_BUCKET, SIGNED_SECONDS: signedSeconds, PROCESSED_DAYS } = settings;
  const uploads = new BucketUploads({ s3, bucket: UPLOADS_BUCKET, signedSeconds });
  const pictures = new BucketPictures({ s3, bucket: PROCESSED_BUCKET, processedDays: PROCESSED_DAYS, signedSeconds });
  // The bucket's own origin, wherever the endpoint is.
  const { url } = await uploads.form({ key: "pending/", type: "image/jpeg", sizeBytes: 1 });
  const headers = {
    camera: false,
    connectTo: [new URL(url).origin],
    imagesFrom: [new URL(await pictures.url("images/")).origin],
  };
  const app = await createServer({ settings, headers, ...server });
  addHealth(app, () => pictures.look().then(nothingMissing, () => "S3 does not answer, or refuses this app."));
  await addPage(app, join(__dirname, "page"));
  await app.register((routes, _options, done) => {
    addUploadsRoute(routes, { settings, uploads, now });
    addPartsRoute(routes, { settings, uploads });
    addPicturesRoute(routes, pictures, signedSeconds);
    addFacts(routes, settings, now);
    done();
  });
  app.addHook("onClose", async () => s3.destroy());
  return app;
}

const nothingMissing = (): undefined => undefined;

/** `/limits` and `/batch`: what the pages tell people. */
function addFacts(app: FastifyInstance, settings: UploadSettings, now: () => Date): void {
  const limits = {
    mostBytes: settings.MAX_IMAGE_BYTES,
    accepted: imageTypes.map(({ mediaType }) => mediaType),
    processedDays: settings.PROCESSED_DAYS,
  };
  app.get("/limits", async () => limits);
  app.get("/batch", async (_request, reply) => {
    reply.header("cache-control", "no-store");
    return nextBatch(settings, now());
  });
}
