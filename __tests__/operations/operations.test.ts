import { spawn } from "node:child_process";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { encodeMessage } from "../../functions/common/message";
import { awsEnvironment } from "../../local/aws-environment";
import { failureKey, failureRecord } from "../../local/event-source/failure-record";
import { type EventRecord, eventRecord, mskEvent } from "../../local/event-source/msk-event";
import { redrive } from "../../operations/redrive/redrive";
import { reprocess } from "../../operations/reprocess/reprocess";
import { twoHalves } from "../functions/images";
import { testFolder } from "../support/folders";
import { type Deployed, deployDev, firstVersion, secondVersion } from "./deployed";

const folder = testFolder();
const day = "2026-01-30";
const sentAt = new Date(`${day}T12:00:00Z`);
const backoff = { baseMilliseconds: 1, capMilliseconds: 1 };
const source = { sourceArn: "arn:aws:kafka:eu-central-1:000000000000:cluster/images/1", brokers: ["broker:9098"] };
const everything = () => true;

let dev: Deployed;
let photo: Buffer;
const lines: string[] = [];
const onLine = (line: string) => lines.push(line);

beforeAll(async () => {
  photo = await twoHalves(40, 30).jpeg().toBuffer();
  dev = await deployDev(folder);
}, 300_000);
afterAll(() => dev?.account.stop());
beforeEach(() => lines.splice(0));

const record = (id: string, offset: number, bytes = photo): EventRecord => {
  const { key, value, headers } = encodeMessage({ kind: "inline", id, name: `${id}.jpg`, sentAt, bytes });
  return eventRecord("images", 0, {
    key: Buffer.from(key),
    value,
    headers,
    offset: String(offset),
    timestamp: String(sentAt.getTime()),
    attributes: 0,
  });
};

/** Puts records where Lambda puts those it gave up on; answers the key. */
async function giveUp(records: readonly EventRecord[], change: (text: string) => string = (text) => text) {
  const payload = mskEvent(source, records);
  const given = { condition: "RetryAttemptsExhausted", records, payload, invocations: 3, last: undefined } as const;
  const origin = { ...source, functionArn: "arn:aws:lambda:eu-central-1:000000000000:function:any" };
  const Key = failureKey("0a1b2c3d", records[0] as EventRecord, new Date());
  const Body = change(JSON.stringify(failureRecord(given, origin, new Date())));
  await dev.s3.send(new PutObjectCommand({ Bucket: dev.buckets.quarantine, Key, Body }));
  return Key;
}

const again = (reasons: readonly string[] = [], dryRun = false) =>
  redrive({ account: dev, reasons: new Set(reasons), wanted: everything, dryRun, onLine, backoff });
const features = (id: string, version = firstVersion) => `features/dt=${day}/${id}-${version}.json`;

describe("redrive of records that Lambda gave up on", () => {
  it("counts them and changes nothing in a dry run", async () => {
    const key = await giveUp([record("counted", 1), record("counted-2", 2)]);
    const { records } = await again([], true);
    expect(records).toMatchObject({ objects: 1, records: 2, delivered: 0, redriven: 0 });
    expect(await dev.account.keys(dev.buckets.quarantine)).toEqual([key]);
    expect((await again()).records.redriven).toBe(1);
  });

  it("processes each exactly once and removes the object; another call finds nothing", async () => {
    await giveUp([record("first", 3), record("second", 4)]);
    const { records } = await again();
    expect(records).toEqual({
      objects: 1,
      redriven: 1,
      records: 2,
      delivered: 2,
      failed: 0,
      strange: [],
      failures: [],
    });
    expect(await dev.account.keys(dev.buckets.quarantine)).toEqual([]);
    const first = await dev.account.json(dev.buckets.processed, features("first"));
    expect(first).toMatchObject({ imageId: "first", source: "stream", name: "first.jpg" });
    expect((await again()).records.objects).toBe(0);
    // Given up once more, although it was processed: the same objects, not written again.
    await giveUp([record("first", 3)]);
    expect((await again()).records).toMatchObject({ delivered: 1, failed: 0 });
    expect(await dev.account.json(dev.buckets.processed, features("first"))).toEqual(first);
  });

  it("keeps the object whole while records fail, tells which, and makes up for it later", async () => {
    await giveUp([record("third", 5), record("fourth", 6)]);
    const [key] = await dev.account.keys(dev.buckets.quarantine);
    await dev.update(firstVersion, { PROCESSING: "{}" });
    const { records } = await again();
    expect(records).toMatchObject({ objects: 1, redriven: 0, records: 2, delivered: 0, failed: 2 });
    expect(records.failures[0]).toMatch(/^images-0 offset 5: RetryAttemptsExhausted: /);
    expect(await dev.account.keys(dev.buckets.quarantine)).toEqual([key]);
    await dev.update(firstVersion);
    expect((await again()).records).toMatchObject({ delivered: 2, failed: 0, redriven: 1 });
    expect(await dev.account.keys(dev.buckets.quarantine)).toEqual([]);
  });

  it("leaves an object that is no failed record, and names it", async () => {
    const key = await giveUp([record("none", 7)], () => "{}");
    expect((await again()).records.strange).toEqual([key]);
    expect(await dev.account.keys(dev.buckets.quarantine)).toEqual([key]);
    await dev.s3.send(new DeleteObjectCommand({ Bucket: dev.buckets.quarantine, Key: key }));
  });
});

describe("redrive of refused images", () => {
  const html = Buffer.from("<html>");
  const refuse = async (id: string, reason: string, bytes: Uint8Array): Promise<void> => {
    const place = `refused/dt=${day}/${id}`;
    const content = { imageId: id, source: "upload", name: `${id}.jpg`, reason, message: "", sizeBytes: bytes.length };
    const times = { receivedAt: sentAt.toISOString(), quarantinedAt: sentAt.toISOString() };
    await dev.account.put(dev.buckets.quarantine, `${place}/original`, bytes);
    await dev.account.put(dev.buckets.quarantine, `${place}/reason.json`, JSON.stringify({ ...content, ...times }));
  };

  it("processes those of the wanted reasons; only then they leave quarantine", async () => {
    await refuse("slow-1", "timeout", photo);
    await refuse("slow-2", "timeout", photo);
    await refuse("slow-3", "timeout", html);
    await refuse("other", "corrupt", photo);
    const { refused } = await again(["timeout"]);
    expect(refused).toEqual({ images: 3, processed: 2, refused: 1, failed: 0, failures: [] });
    expect(await dev.account.keys(dev.buckets.quarantine)).toEqual([
      `refused/dt=${day}/other/original`,
      `refused/dt=${day}/other/reason.json`,
      `refused/dt=${day}/slow-3/original`,
      `refused/dt=${day}/slow-3/reason.json`,
    ]);
    expect(await dev.account.json(dev.buckets.processed, features("slow-1"))).toMatchObject({
      source: "upload",
      name: "slow-1.jpg",
      original: { key: `originals/dt=${day}/slow-1` },
    });
  });

  it("counts in a dry run, and keeps what could not be finished", async () => {
    expect((await again(["corrupt", "timeout"], true)).refused).toMatchObject({ images: 2, processed: 0 });
    await dev.update(firstVersion, { UPLOADS_BUCKET: "nowhere" });
    const { refused } = await again(["corrupt"]);
    expect(refused).toMatchObject({ images: 1, processed: 0, refused: 0, failed: 1 });
    expect(refused?.failures[0]).toContain("1 of 1 images must be tried again");
    await dev.update(firstVersion);
    expect(await dev.account.keys(dev.buckets.quarantine)).toHaveLength(4);
  });

  it("makes up for a removal that broke off after the original was gone", async () => {
    await refuse("first", "timeout", photo);
    await dev.s3.send(
      new DeleteObjectCommand({ Bucket: dev.buckets.quarantine, Key: `refused/dt=${day}/first/original` }),
    );
    expect((await again(["timeout"])).refused).toMatchObject({ images: 2, processed: 1, refused: 1 });
    expect(await dev.account.keys(dev.buckets.quarantine, `refused/dt=${day}/first/`)).toEqual([]);
  });
});

describe("reprocess", () => {
  const run = (dryRun = false, prefix = "", days = [day]) =>
    reprocess({ account: dev, days, prefix, dryRun, pollMilliseconds: 100, onLine });

  it("has nothing to do while all images are at the present version", async () => {
    expect(await run()).toMatchObject({ version: firstVersion, toProcess: 0, reports: [], failures: [] });
  });

  it("counts in a dry run what another version has to do; originals on their first way are left to it", async () => {
    await dev.update(secondVersion);
    await dev.account.put(dev.buckets.uploads, `originals/dt=${day}/on-its-way`, photo);
    const before = await dev.account.keys(dev.buckets.processed);
    const { days, toProcess } = await run(true, "", ["2026-01-29", day]);
    const recorded = before.filter((key) => key.startsWith("features/")).length;
    expect(days).toEqual([{ day, recorded, current: 0, unrecorded: 0 }]);
    expect(toProcess).toBe(recorded);
    expect(await dev.account.keys(dev.buckets.processed)).toEqual(before);
    expect(lines).toEqual([`${day}: ${recorded} images, ${recorded} to process, 0 at version ${secondVersion}`]);
  });

  it("waits for the run that holds the lock, and takes only images whose id begins as wanted", async () => {
    await dev.account.takeLock(dev.lockTable, "arn:aws:states:eu-central-1:1:execution:batch:nightly");
    const running = run(false, "slow-1");
    while (!lines.some((line) => line.includes("waiting"))) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lines.at(-1)).toBe(`${day}: waiting for nightly, which holds the run lock`);
    await dev.account.giveLockBack(dev.lockTable);
    expect((await running).images).toMatchObject({ processed: 1, failed: 0 });
    expect(await dev.account.locks(dev.lockTable)).toEqual([]);
  });

  it("processes the rest under new keys, keeps the old outputs, and names its reports", async () => {
    const before = await dev.account.keys(dev.buckets.processed);
    const { images, reports, failures, toProcess } = await run();
    expect(failures).toEqual([]);
    expect(images).toMatchObject({ processed: toProcess, quarantined: 0, failed: 0, notStarted: 0 });
    const after = await dev.account.keys(dev.buckets.processed);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(await dev.account.json(dev.buckets.processed, features("first", secondVersion))).toMatchObject({
      name: "first.jpg",
      source: "stream",
      processingVersion: secondVersion,
    });
    expect(after).not.toContain(features("on-its-way", secondVersion));
    expect(reports).toHaveLength(1);
    const key = (reports[0] ?? "").replace(`s3://${dev.logs}/`, "");
    expect(await dev.account.json(dev.logs, key)).toMatchObject({
      state: "succeeded",
      listed: { bucket: dev.buckets.processed, prefix: `features/dt=${day}/` },
    });
    expect((await run()).toProcess).toBe(0);
  });
});

describe("the command line", () => {
  const command = (...args: string[]) => {
    const { endpoint } = dev.account.ministack;
    const env = { ...process.env, ...awsEnvironment({ endpoint, ...dev.environment }) };
    const child = spawn(process.execPath, ["--import", "tsx", "operations/cli.ts", ...args], { env });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on("close", (code) => resolve({ code, stdout, stderr })),
    );
  };

  it("redrives, answers in JSON, and ends with 0 when nothing is left", async () => {
    await giveUp([record("by-command", 9)]);
    const { code, stdout, stderr } = await command("redrive", "dev", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      environment: "dev",
      target: "aws",
      dryRun: false,
      records: { objects: 1, redriven: 1, delivered: 1 },
    });
  });

  it("ends with 3 when something is left", async () => {
    const key = await giveUp([record("none", 7)], () => "{}");
    const { code, stdout } = await command("redrive", "dev", "--since", "2026-01-01");
    expect(code).toBe(3);
    expect(stdout).toBe(
      "Failed records: 0 in 1 object. 0 went through, 0 failed again; 0 objects removed.\n" +
        `  ${key} is no record of Kafka that Lambda gave up on; it is left as it is.\n`,
    );
  });

  it("reprocesses in a dry run for people", async () => {
    const { code, stdout, stderr } = await command("reprocess", "dev", "--since", day, "--until", day, "--dry-run");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^2026-01-30: \d+ images, 0 to process, /);
    expect(stdout).toBe(`0 images would be processed by version ${secondVersion}, of 1 day with images.\n`);
  });

  it.each([
    [["redrive", "dve"], /there is no environments\/dve\.yaml.* Did you mean dev\?/],
    [
      ["redrive", "dev", "--reason", "claim-missing"],
      /are to be sent again: what came was not what its sender announced/,
    ],
    [
      ["redrive", "dev", "--reason", "ugly"],
      /^--reason: expected any of empty, .*, timeout or custom-…, but got ugly\.$/,
    ],
    [
      ["reprocess", "dev", "--since", "yesterday"],
      /^--since: expected a day, for example 2026-01-31, but got yesterday\.$/,
    ],
    [
      ["reprocess", "dev", "--since", day, "--prefix", "a/b"],
      /^--prefix: expected letters, digits, '_' and '-', as ids have/,
    ],
    [
      ["redrive", "prod"],
      /^Expected credentials of account \d{12}, as environments\/prod\.yaml says, but got those of \d{12}\.$/,
    ],
  ])("tells a user's mistake in a line: %j", async (args, message) => {
    const { code, stdout, stderr } = await command(...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
