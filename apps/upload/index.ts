import { serve, start } from "../common/serve";
import { uploadApp } from "./app";
import { uploadClient } from "./s3";
import { readUploadSettings } from "./settings";

start("upload", async () => {
  const settings = readUploadSettings(process.env);
  const app = await uploadApp({ settings, s3: uploadClient(settings.AWS_REGION) });
  await serve(app, settings);
});
