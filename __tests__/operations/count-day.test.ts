import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { countDay, toProcess } from "../../operations/reprocess/count-day";
import { testAccount } from "../support/account";
import { testFolder } from "../support/folders";

const account = testAccount(testFolder());
const day = "2026-01-30";
const [present, old, older] = ["cccccccccccc", "bbbbbbbbbbbb", "0123456789ab"];
const later = new Date(Date.now() + 2 * 60 * 60 * 1000);

const put = (Bucket: string, keys: readonly string[]) =>
  Promise.all(keys.map((Key) => account.s3().send(new PutObjectCommand({ Bucket, Key, Body: "x" }))));
const originals = (...ids: string[]) =>
  put(
    "uploads",
    ids.map((id) => `originals/dt=${day}/${id}`),
  );
const records = (...names: string[]) =>
  put(
    "processed",
    names.map((name) => `features/dt=${day}/${name}.json`),
  );
const count = (prefix = "", now = later) =>
  countDay(day, {
    s3: account.s3(),
    uploadsBucket: "uploads",
    processedBucket: "processed",
    version: present,
    prefix,
    now,
  });

beforeAll(async () => {
  for (const Bucket of ["uploads", "processed"]) {
    const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" as const };
    await account.s3().send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  }
});

it("a day without images counts nothing", async () => {
  expect(await count()).toEqual({ day, recorded: 0, current: 0, unrecorded: 0 });
});

it("counts each image once, whatever versions it has and however ids begin like others", async () => {
  // An uploaded one, a claim without an original, one of two versions, one done, one without any record.
  await originals("a", "a-b", "cam", "cam-0001", "cam-0002", "two", "done", "lost", "lost-1", "z");
  await records(
    ...[`a-${old}`, `a-b-${old}`, `a-b-${present}`, `cam-${old}`, `cam-0001-${older}`, `cam-0001-${old}`],
    ...[`cam-0002-${present}`, `claim-1-${old}`, `two-${older}`, `two-${old}`, `done-${old}`, `done-${present}`],
    ...[`lost-1-${old}`, `z-${present}`, `zz-claim-${older}`, `zz-claim-${old}`],
  );
  await put("processed", [`features/dt=${day}/readme.txt`]);
  await put("uploads", [`originals/dt=${day}/folder/`]);
  const found = await count();
  expect(found).toEqual({ day, recorded: 11, current: 4, unrecorded: 1 });
  expect(toProcess(found)).toBe(8);
});

it("counts only images whose id begins as wanted", async () => {
  expect(await count("cam")).toEqual({ day, recorded: 3, current: 1, unrecorded: 0 });
  expect(await count("lost")).toEqual({ day, recorded: 1, current: 0, unrecorded: 1 });
});

it("leaves out originals that were written within the hour: their records come yet", async () => {
  expect(await count("lost", new Date())).toEqual({ day, recorded: 1, current: 0, unrecorded: 0 });
});
