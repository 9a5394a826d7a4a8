import { attemptBatch } from "../../../functions/batch/attempt";
import { BadBatchEvent } from "../../../functions/batch/event";
import { type Deployed, deploy, timeFor } from "../flow";
import { twoHalves } from "../images";
import { etagOf } from "../memory-store";

let photo: Buffer;

beforeAll(async () => {
  photo = await twoHalves(40, 30).jpeg().toBuffer();
});

const deployed = (random = 1) => ({ ...deploy(), random: () => random });

function upload({ store }: Deployed, name: string) {
  store.objects.set(`uploads/pending/${name}`, photo);
  const LastModified = "2026-01-30T12:00:00.000Z";
  return { Key: `pending/${name}`, Etag: etagOf(photo), Size: photo.length, LastModified };
}

it("an attempt at which everything is finished leaves nothing and needs no wait", async () => {
  const account = deployed();
  expect(await attemptBatch({ Items: [upload(account, "a.jpg")] }, timeFor(), account)).toEqual({
    attempts: 1,
    processed: 1,
    quarantined: 0,
    skipped: 0,
    Items: [],
    left: 0,
    waitSeconds: 0,
    summary: '{"processed":1,"quarantined":0,"skipped":0,"failed":0}',
  });
});

describe("an attempt at which an image fails", () => {
  it("hands back that image alone, as it was listed", async () => {
    const account = deployed();
    const items = [upload(account, "a.jpg"), upload(account, "b.jpg")];
    account.store.failOn = (call) => call === "get uploads/pending/b.jpg";
    expect(await attemptBatch({ Items: items }, timeFor(), account)).toMatchObject({
      attempts: 1,
      processed: 1,
      left: 1,
      Items: [items[1]],
      summary:
        '{"processed":1,"quarantined":0,"skipped":0,"failed":1,' +
        '"failure":"1 of 2 images must be tried again, first pending/b.jpg: Error: SlowDown"}',
    });
  });

  it("is followed by one that adds to its counts, so that no image is counted twice", async () => {
    const account = deployed();
    const items = [upload(account, "a.jpg"), upload(account, "b.jpg")];
    account.store.failOn = (call) => call === "get uploads/pending/b.jpg";
    const first = await attemptBatch({ Items: items }, timeFor(), account);
    account.store.failOn = () => false;
    expect(await attemptBatch(first, timeFor(), account)).toMatchObject({
      attempts: 2,
      processed: 2,
      skipped: 0,
      left: 0,
    });
  });

  it.each([
    [1, 0, 0],
    [1, 1, 2],
    [2, 0.3, 2],
    [2, 1, 4],
  ])("asks after attempt %i, by chance %d, for a wait of %i seconds", async (attempts, chance, seconds) => {
    const account = deployed(chance);
    const item = upload(account, "a.jpg");
    account.store.failOn = (call) => call.startsWith("get ");
    const event = { Items: [item], attempts: attempts - 1 };
    expect(await attemptBatch(event, timeFor(), account)).toMatchObject({ attempts, waitSeconds: seconds });
  });
});

it("a call that is no batch fails and is no attempt", async () => {
  await expect(attemptBatch({ Items: [{}] }, timeFor(), deployed())).rejects.toThrow(BadBatchEvent);
});
