import { createS3Client, S3Store } from "../../functions/common/s3-store";
import { serve, start } from "../common/serve";
import { streamApp } from "./app";
import { readStreamSettings } from "./settings";

start("stream", async () => {
  const settings = readStreamSettings(process.env);
  const app = await streamApp({ settings, store: new S3Store(createS3Client()) });
  await serve(app, settings);
});
