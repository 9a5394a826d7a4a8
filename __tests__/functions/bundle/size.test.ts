import { compileFunctions, compileGpuMeter } from "../../../functions/bundle/compile";
import { repository } from "../../../functions/bundle/paths";

/** Of zod's Dutch messages: no import but that of its namespace, `import * as z from "zod"`, leaves them out. */
const language = "Ongeldige invoer";

it("functions are small, for Lambda reads them whole at every cold start", async () => {
  const { files: functions } = await compileFunctions(repository, "processing");
  const { files: gpuMeter } = await compileGpuMeter(repository);
  const files = { ...functions, ...gpuMeter };
  expect(Object.keys(files).sort()).toEqual(["batch.js", "gpu-meter.js", "report.js", "stream.js"]);
  const faults = Object.entries(files).flatMap(([name, bytes]) => [
    ...(bytes.length > 850_000 ? [`${name}: expected at most 850000 bytes, but got ${bytes.length}`] : []),
    ...(Buffer.from(bytes).includes(language) ? [`${name}: expected none of zod's languages, see its imports`] : []),
  ]);
  expect(faults).toEqual([]);
  // Of SageMaker's client, what is used alone.
  expect(gpuMeter["gpu-meter.js"]?.length).toBeLessThan(400_000);
});
