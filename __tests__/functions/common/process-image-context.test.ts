import { processImage } from "../../../functions/common/process-image";
import type { ProcessingContext } from "../../../functions/contract/process";
import { sourceOf } from "../../../functions/stream/sources";
import { deploy, inline } from "../flow";
import { context, twoHalves } from "../images";

const image = async () => twoHalves(40, 30).png().toBuffer();

it("the engineers' code gets the settings, its time and the memory that images share", async () => {
  const seen: ProcessingContext[] = [];
  const deployed = deploy();
  const { process } = deployed;
  const dependencies = deploy({
    process: (input, given) => {
      seen.push(given);
      return process(input, given);
    },
  });
  await processImage(sourceOf(inline("a", await image()), dependencies), 12, dependencies);
  expect(seen).toEqual([
    { limits: context.limits, renditions: context.renditions, secondsAllowed: 12, memoryMegabytes: 2048 },
  ]);
});

it("a file that is too large is refused with numbers in groups, as everywhere", async () => {
  const { environment } = deploy();
  const limits = { ...context.limits, maxBytes: 1000 };
  const dependencies = deploy({
    environment: { ...environment, processing: { limits, renditions: context.renditions } },
  });
  const bytes = Buffer.alloc(123_456);
  expect(await processImage(sourceOf(inline("a", bytes), dependencies), 12, dependencies)).toBe("quarantined");
  const [key = ""] = dependencies.store.keys("quarantine").filter((name) => name.endsWith("reason.json"));
  expect(dependencies.store.json("quarantine", key)).toMatchObject({
    reason: "too-many-bytes",
    message: "Expected at most 1,000 bytes (processing.limits.maxBytes), but got 123,456.",
  });
});
