import { handleBatch } from "../../../functions/batch/handler";
import { type Deployed, deploy, timeFor } from "../flow";
import { etagOf } from "../memory-store";

const bytes = Buffer.from("image");
const result = { outputs: [], features: {} };
const works = (async () => result) as unknown as Deployed["process"];

function upload({ store }: Deployed, key: string) {
  store.objects.set(`uploads/${key}`, bytes);
  return { Key: key, ETag: etagOf(bytes), Size: bytes.length, LastModified: "2026-01-30T12:00:00.000Z" };
}

it("answers in time although the image code never ends, and names the images that are left", async () => {
  const stuck: Deployed["process"] = (image, context) =>
    image.name === "b.jpg" ? new Promise(() => undefined) : works(image, context);
  const deployed = deploy({ process: stuck });
  const items = ["pending/a.jpg", "pending/b.jpg", "pending/c.jpg"].map((key) => upload(deployed, key));
  let asked = 0;
  // Two seconds to work, one to answer.
  const context = { getRemainingTimeInMillis: () => (asked++ === 0 ? 3000 : 60_000) };
  await expect(handleBatch({ Items: items }, context, deployed)).rejects.toMatchObject({
    name: "TransientFailures",
    message:
      "1 of 3 images must be tried again, first pending/b.jpg: OutOfTime: The call's time was used up before the image was finished.",
    done: { processed: 2, quarantined: 0, skipped: 0 },
  });
});

it("counts the images of a call, those that failed too", async () => {
  const counted: unknown[] = [];
  const meter = { worked: () => undefined, refused: () => undefined, end: (counts: unknown) => counted.push(counts) };
  const deployed = deploy({ process: works, meter });
  deployed.store.failOn = (call) => call === "get uploads/pending/b.jpg";
  const items = ["pending/a.jpg", "pending/b.jpg"].map((key) => upload(deployed, key));
  await expect(handleBatch({ Items: items }, timeFor(), deployed)).rejects.toThrow("1 of 2 images");
  expect(counted).toEqual([{ processed: 1, quarantined: 0, skipped: 0, failed: 1 }]);
});

it("shows a key that holds control characters in one line", async () => {
  const deployed = deploy({ process: works });
  deployed.store.failOn = () => true;
  const item = upload(deployed, "pending/a\n\u202egpj.jpg");
  await expect(handleBatch(item, timeFor(), deployed)).rejects.toThrow(
    "1 of 1 images must be tried again, first pending/a\\u{a}\\u{202e}gpj.jpg: Error: SlowDown",
  );
});
