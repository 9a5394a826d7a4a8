import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { repositoryFolder } from "../../environments/repository";
import { testAccount } from "../support/account";
import { testFolder, write } from "../support/folders";
import { fill } from "./fill";
import { notebooksFolder, run, StudioHome, starterSettings } from "./studio";

jest.setTimeout(600_000);

const python = join(repositoryFolder(), ".cache/notebooks/bin/python");
const folder = testFolder();
const account = testAccount(folder);
const studio = new StudioHome(folder);

const env = (): NodeJS.ProcessEnv => {
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = account.env();
  return { ...studio.env, TMPDIR: folder, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
};

interface Executed {
  readonly text: string;
  readonly stderr: string;
  readonly images: readonly string[];
}

/** Carries out a notebook where Studio's start put it. */
async function execute(name: string): Promise<Executed> {
  const result = join(folder, `${name}.json`);
  const script = join(__dirname, "execute.py");
  const ended = await run(python, [script, join(studio.home, "darkroom", `${name}.ipynb`), result], env());
  if (ended.code !== 0) throw new Error(ended.out);
  return JSON.parse(readFileSync(result, "utf8")) as Executed;
}

/** Runs Python beside the notebooks, with the settings of Studio's start. */
const ask = (lines: readonly string[]) =>
  run(python, [write(join(studio.home, "darkroom/ask.py"), lines.join("\n"))], {
    ...env(),
    ...Object.fromEntries(
      studio
        .read(".darkroom/environment")
        .trim()
        .split("\n")
        .map((line) => line.split("=")),
    ),
  });

beforeAll(async () => {
  for (const part of ["PROCESSED", "ANALYSTS"]) {
    await account.s3().send(new CreateBucketCommand({ Bucket: starterSettings.common[`DARKROOM_${part}_BUCKET`] }));
  }
  const outcomes = await fill(account.s3(), "darkroom-test-processed");
  expect(outcomes.filter((outcome) => outcome !== "processed")).toEqual([]);
  expect(outcomes).toHaveLength(48);
  cpSync(notebooksFolder, studio.bucket, { recursive: true });
  studio.role("darkroom-test-analysts-image-analysts");
  expect(await studio.start()).toEqual({ code: 0, out: "" });
});

describe("the starter notebooks run from their first cell to their last on real records and pictures", () => {
  it("01-explore shows the records, their spread, galleries and what looks alike", async () => {
    const { text, images, stderr } = await execute("01-explore");
    expect(stderr).toBe("");
    expect(text).toContain("environment: test");
    expect(text).toContain("48 images from 26 January 2026 to 31 January 2026");
    expect(text).toMatch(/\d+ pairs within 10 bits/);
    expect(images.length).toBe(7);
  });

  it("02-train learns what a guess can't, and starts no job by itself", async () => {
    const { text, images, stderr } = await execute("02-train");
    expect(stderr).toBe("");
    expect(text).toContain("images × height × width × colours: (48, 64, 64, 3) labels: ['bright', 'dark']");
    const [, accuracy] = /balanced accuracy on unseen images: ([\d.]+)/.exec(text) ?? [];
    expect(Number(accuracy)).toBeGreaterThan(0.7);
    expect(text).toContain("This is not Studio");
    expect(text).toContain("Not started: DARKROOM_START_JOBS is not set.");
    expect(images.length).toBeGreaterThanOrEqual(1);
  });

  it("03-prebuilt chooses photographs, and starts no endpoint by itself", async () => {
    const { text, images, stderr } = await execute("03-prebuilt");
    expect(stderr).toBe("");
    expect(text).toContain("12 of 48 images");
    expect(text).toContain("Not started: DARKROOM_START_JOBS is not set.");
    expect(images.length).toBe(1);
  });

  it("04-report counts volumes, formats, quality and waiting, and asks Athena nothing by itself", async () => {
    const { text, images, stderr } = await execute("04-report");
    expect(stderr).toBe("");
    expect(text).toMatch(/images a day +8\.0/);
    expect(text).toMatch(/upload +17\.0 h +17\.0 h/);
    expect(text).toContain("WHERE dt BETWEEN '2026-01-26' AND '2026-01-31'");
    expect(text).toContain("Not asked: DARKROOM_START_JOBS is not set.");
    expect(images.length).toBe(3);
  });
});

describe("darkroom.py", () => {
  it("reads the days that were asked for, and names those that there are when there are none", async () => {
    const { out } = await ask([
      "import darkroom",
      "print(len(darkroom.records('2026-01-30', '2026-01-30')), len(darkroom.records(until='2026-01-27')))",
      "try: darkroom.records('2026-03-01')",
      "except LookupError as error: print(error)",
    ]);
    expect(out).toBe(
      "8 16\nNo feature records from 2026-03-01 to today; there are some of: " +
        "2026-01-26, 2026-01-27, 2026-01-28, 2026-01-29, 2026-01-30, 2026-01-31.\n",
    );
  });

  it("says what to do when Studio has not said where things are", async () => {
    const { out } = await ask([
      "import os, darkroom",
      "del os.environ['DARKROOM_WORKGROUP']",
      "darkroom.query('SELECT 1')",
    ]);
    expect(out).toContain("RuntimeError: DARKROOM_WORKGROUP is not set. Studio sets it when JupyterLab starts");
  });
});

it("what a training job needs is put into the group's own folder, and names images where they are", async () => {
  const { code, out } = await ask([
    "import darkroom_jobs as jobs",
    "print(*jobs.upload('job-1', [('images/a/thumbnail.webp', 'dark')], 'training'), sep='\\n')",
  ]);
  expect({ code, out: out.trim().split("\n") }).toEqual({
    code: 0,
    out: ["labels/labels.csv", "manifest.json", "source.tar.gz"].map(
      (path) => `s3://darkroom-test-analysts/models/image-analysts/job-1/${path}`,
    ),
  });
  expect(await account.keys("darkroom-test-analysts")).toEqual([
    "models/image-analysts/job-1/labels/labels.csv",
    "models/image-analysts/job-1/manifest.json",
    "models/image-analysts/job-1/source.tar.gz",
  ]);
});
