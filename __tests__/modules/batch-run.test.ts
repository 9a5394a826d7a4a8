import { build } from "esbuild";
import { strToU8, zipSync } from "fflate";
import type { BatchDefinitionProps } from "../../modules/batch-definition";
import { BatchAccount } from "../support/batch-account";
import { testFolder } from "../support/folders";

// Does with an image as the name of its key says: finish it, leave it once, leave it always, or crash.
const batchCode = `
exports.handler = async (event) => {
  const { Key } = event.Items ? event.Items[0] : event;
  const attempts = (event.attempts || 0) + 1;
  const zero = { processed: 0, quarantined: 0, skipped: 0 };
  const answer = (left, counts, failure) => ({
    ...zero, ...counts, attempts, left, Items: left ? [{ ...event.Items?.[0] ?? event }] : [], waitSeconds: 0,
    summary: JSON.stringify({ ...zero, ...counts, failed: left, failure }),
  });
  if (/good/.test(Key)) return answer(0, { processed: 1 });
  if (/bad/.test(Key)) return answer(0, { quarantined: 1 });
  if (/later/.test(Key)) return attempts === 2 ? answer(0, { processed: 1 }) : answer(1);
  if (/never/.test(Key)) return answer(1, {}, "SlowDown");
  throw new Error("out of memory");
};`;

describe("a run of the batch", () => {
  const folder = testFolder();
  let account: BatchAccount;
  let props: BatchDefinitionProps;
  beforeAll(async () => {
    account = await BatchAccount.start(folder, ["uploads", "processed", "logs"], "run-locks");
    const report = await build({
      entryPoints: ["functions/report/index.ts"],
      bundle: true,
      platform: "node",
      write: false,
      logLevel: "silent",
    });
    const code = report.outputFiles[0]?.contents ?? new Uint8Array();
    const [functionArn, reportFunctionArn] = await Promise.all([
      account.deploy("batch", "index.handler", zipSync({ "index.js": strToU8(batchCode) })),
      account.deploy("report", "index.handler", zipSync({ "index.js": code }), { REPORTS_BUCKET: "logs" }),
    ]);
    props = {
      functionArn,
      functionTimeoutSeconds: 60,
      reportFunctionArn,
      uploadsBucket: "uploads",
      pendingPrefix: "pending/",
      processedBucket: "processed",
      concurrency: 4,
      itemsPerChild: 1,
      toleratedFailurePercent: 60,
      lockTable: "run-locks",
      reportBucket: "logs",
      reportPrefix: "batch-runs/",
    };
  });
  afterAll(() => account?.stop());

  const put = (prefix: string, names: readonly string[]) =>
    Promise.all(names.map((name) => account.put("uploads", `${prefix}${name}`)));
  const machine = (name: string, change: Partial<BatchDefinitionProps> = {}) =>
    account.stateMachine(name, { ...props, pendingPrefix: `${name}/`, ...change });
  const nothing = { processed: 0, quarantined: 0, skipped: 0, failed: 0, notStarted: 0 };

  it("with nothing pending ends well with a report of zeros, and leaves no lock behind", async () => {
    const { status, output, name = "" } = await account.run(await machine("empty"));
    expect(status).toBe("SUCCEEDED");
    const report = { bucket: "logs", key: `batch-runs/${name}/report.json` };
    expect(JSON.parse(output ?? "")).toEqual({ report, images: nothing });
    expect(await account.json("logs", report.key)).toMatchObject({
      reportVersion: 1,
      run: name,
      state: "succeeded",
      listed: { bucket: "uploads", prefix: "empty/" },
      images: nothing,
      children: { succeeded: 0, failed: 0, notStarted: 0 },
      counted: true,
      failures: [],
    });
    expect(await account.locks("run-locks")).toEqual([]);
  });

  it("ends well and names the holder when another run holds the lock", async () => {
    const holder = await account.takeLock("run-locks", "another run");
    const { status, output } = await account.run(await machine("held"));
    expect(status).toBe("SUCCEEDED");
    expect(JSON.parse(output ?? "").heldBy.execution).toEqual({ S: "another run" });
    expect(await account.locks("run-locks")).toEqual([holder]);
    await account.giveLockBack("run-locks");
  });

  it("counts each image once, tries again what is left, and goes on beside children that fail", async () => {
    await put("mixed/", ["good-1", "good-2", "bad-1", "later-1", "never-1", "crash-1"]);
    const { status, output } = await account.run(await machine("mixed"));
    expect(status).toBe("SUCCEEDED");
    const { images, report } = JSON.parse(output ?? "");
    expect(images).toEqual({ processed: 3, quarantined: 1, skipped: 0, failed: 2, notStarted: 0 });
    expect(await account.json("logs", report.key)).toMatchObject({
      state: "succeeded",
      children: { succeeded: 4, failed: 2, notStarted: 0 },
    });
    expect(await account.locks("run-locks")).toEqual([]);
  });

  it("fails with a report, and without a lock, when more children fail than is tolerated", async () => {
    await put("failing/", ["never-1", "good-1"]);
    const {
      status,
      error,
      cause,
      name = "",
    } = await account.run(await machine("failing", { toleratedFailurePercent: 49 }));
    expect([status, error]).toEqual(["FAILED", "BatchFailed"]);
    expect(cause).toBe(
      "States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded " +
        "Images that are not finished stay where they are, and the next run takes them. " +
        `Report: s3://logs/batch-runs/${name}/report.json`,
    );
    // The emulator writes no results, so that nothing can be counted.
    expect(await account.json("logs", `batch-runs/${name}/report.json`)).toMatchObject({
      state: "failed",
      counted: false,
      failure: { error: "States.ExceedToleratedFailureThreshold" },
    });
    expect(await account.locks("run-locks")).toEqual([]);
  });

  it("takes originals or feature records of a day again when it is asked to", async () => {
    await put("originals/", ["dt=2026-01-30/good-1", "dt=2026-01-31/good-2"]);
    await account.put("processed", "features/dt=2026-01-31/bad-1.json");
    const arn = await machine("again");
    const images = async (reprocess: object) => JSON.parse((await account.run(arn, { reprocess })).output ?? "").images;
    expect(await images({ listing: "originals", prefix: "dt=2026-01-30/" })).toEqual({ ...nothing, processed: 1 });
    expect(await images({ listing: "features", prefix: "dt=2026-01-31/" })).toEqual({ ...nothing, quarantined: 1 });
  });

  it("fails before it takes the lock when it is asked for anything else", async () => {
    const { status, cause } = await account.run(await machine("strange"), {
      reprocess: { listing: "refused", prefix: "" },
    });
    expect(status).toBe("FAILED");
    expect(cause).toContain("reprocess.listing: expected features or originals");
    expect(await account.locks("run-locks")).toEqual([]);
  });
});
