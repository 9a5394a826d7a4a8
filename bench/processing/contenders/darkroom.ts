import { process as processImage } from "../../../functions/processing";
import { serve } from "./serve";

/** Darkroom's default processing, whole: checks, limits, pictures, features. */
void serve(async (bytes, job) => {
  const { outputs } = await processImage({ bytes, id: "bench", name: "bench" }, { ...job, secondsAllowed: 30 });
  return outputs.map(({ name, width, height, bytes }) => ({ name, width, height, bytes: bytes.length }));
});
