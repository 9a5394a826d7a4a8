import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalAccount } from "../../local/account-file";
import { readAccountFile } from "../../local/account-file";
import { dueAt } from "../../local/expiry/due";
import { isRunning } from "../../local/processes/process-identity";
import { noise } from "../functions/images";
import { Checkout, type Finished, type Running } from "../support/checkout";
import { testFolder } from "../support/folders";
import { sendAgain } from "../support/send-again";
import { sendOwn, uploadOwn } from "../support/send-own";
import { describeWithProvider } from "../support/terraform";

const minutes = 60_000;

interface Report {
  readonly state: string;
  readonly account: {
    readonly sent: number;
    readonly processed: number;
    readonly refused: number;
    readonly onFailure: number;
    readonly turnedAway: number;
    readonly doorReasons: Record<string, number>;
    readonly bySource: Record<"stream" | "upload", { readonly sent: number }>;
    readonly lost: string[];
    readonly duplicates: unknown[];
    readonly wrong: unknown[];
  };
}

const reportOf = ({ stdout }: Finished) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Report;

/** One account through its life; each test goes on where the one before ended. */
describeWithProvider("npm start", () => {
  const folder = testFolder();
  const began = new Date();
  let checkout: Checkout;
  let running: Running | undefined;
  beforeAll(() => {
    checkout = new Checkout(join(folder, "darkroom"));
  });
  afterAll(async () => {
    running?.kill("SIGKILL");
    await running?.finished;
  });
  const account = (): LocalAccount => readAccountFile(join(checkout.folder, ".local"));
  const page = async (path = "/") => (await fetch(new URL(path, account().pageUrl))).text();

  it(
    "loses nothing when everything is killed while images are processed, and takes the run up again",
    async () => {
      const first = checkout.start("local/start.ts", "--once", "--json");
      await first.says(/Stream function: \d+ records to go/);
      first.kill("SIGKILL");
      await first.finished;

      const second = await checkout.run("local/start.ts", "--once", "--json");
      expect(second.stderr).not.toMatch(/\n\s+at /);
      expect(second.code).toBe(0);
      const { state, account: counts } = reportOf(second);
      expect(state).toBe("complete");
      expect(counts.bySource.stream.sent).toBeGreaterThanOrEqual(200);
      expect(counts.bySource.upload.sent).toBeGreaterThanOrEqual(200);
      expect(counts.processed + counts.refused + counts.onFailure + counts.turnedAway).toBe(counts.sent);
      expect(counts.doorReasons).toEqual({ empty: 1, "too-large": 2, "unsupported-type": 4 });
      expect(counts.refused).toBeGreaterThan(0);
      expect(counts).toMatchObject({ lost: [], duplicates: [], wrong: [] });
    },
    20 * minutes,
  );

  it(
    "comes up again on what it kept, and plans no changes",
    async () => {
      running = checkout.start("local/start.ts");
      await running.says(/stays up until Ctrl-C/);
      const plan = await checkout.run("gitops/cli.ts", "plan", "local", "--json");
      expect(plan.stderr).not.toMatch(/\n\s+at /);
      expect(plan.code).toBe(0);
    },
    10 * minutes,
  );

  it(
    "processes pictures that a person sends: streamed at once, uploaded with the batch that the page starts",
    async () => {
      const { appUrls = { stream: "", upload: "" }, pageUrl } = account();
      expect(await page()).toContain(`<a href="${appUrls.stream}">Web app 1</a>`);
      expect(await page()).toContain(`<a href="${appUrls.upload}">Web app 2</a>`);
      const picture = await noise(60, 40).jpeg().toBuffer();
      const shown = async (name: string) => {
        while (!(await page("/images")).includes(name)) await new Promise((resolve) => setTimeout(resolve, 250));
      };
      await sendOwn(appUrls.stream, "my-own-stream.jpg", picture);
      await shown("my-own-stream.jpg");
      await uploadOwn(appUrls.upload, "my-own-upload.jpg", picture);
      const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
      const pressed = await fetch(new URL("/batch", pageUrl), { method: "POST", headers, redirect: "manual" });
      expect(pressed.status).toBe(303);
      await shown("my-own-upload.jpg");
    },
    5 * minutes,
  );

  it(
    "makes nothing twice of records that are delivered twice",
    async () => {
      const again = await sendAgain(account());
      expect(again.records).toBeGreaterThanOrEqual(400);
      expect(again.objectsAfter).toEqual(again.objectsBefore);
    },
    5 * minutes,
  );

  it(
    "shows the administrator's new number of days in the plan, applies it, and the page tells the new day",
    async () => {
      // S3 rounds up: an image of today goes at the first midnight UTC after that many days. It may be tomorrow by now.
      const kept = (days: number) =>
        new RegExp(
          `until (${[began, new Date()].map((made) => dueAt(made, days).toISOString().slice(0, 10)).join("|")})`,
        );
      expect(await page("/images")).toMatch(kept(30));
      const file = join(checkout.folder, "environments", "local.yaml");
      writeFileSync(file, readFileSync(file, "utf8").replace("processedDays: 30", "processedDays: 10"));
      const plan = await checkout.run("gitops/cli.ts", "plan", "local");
      expect(plan.code).toBe(2);
      expect(plan.stdout).toMatch(/aws_s3_bucket_lifecycle_configuration\.processed_lifecycle_\w+/);
      expect(plan.stdout).toMatch(/days.*30.*10/);
      const apply = await checkout.run("gitops/cli.ts", "apply", "local");
      expect(apply.code).toBe(0);
      const after = await page("/images");
      expect(after).toMatch(kept(10));
      expect(after).not.toMatch(kept(30));
      // Deployed anew, as Beanstalk would, the gallery of web app 2 tells the same.
      const told = async () => (await fetch(`${account().appUrls?.upload}/limits`)).json();
      let limits = {};
      while (!("processedDays" in limits && limits.processedDays === 10)) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        limits = (await told().catch(() => ({}))) as object;
      }
    },
    10 * minutes,
  );

  it(
    "removes what is older than the new number of days, on a shifted clock, and nothing else",
    async () => {
      const day = (days: number) => new Date(Date.now() + days * 24 * 60 * minutes).toISOString();
      const removed = async (days: number) => {
        const { stdout } = await checkout.run("local/expire.ts", "local", "--now", day(days), "--json");
        const { buckets } = JSON.parse(stdout) as { buckets: Record<string, { objects: string[] }> };
        return Object.fromEntries(
          Object.entries(buckets).map(([name, { objects }]) => [name.split("-").at(-1), objects.length]),
        );
      };
      expect(await removed(9)).toMatchObject({ processed: 0, quarantine: 0, uploads: 0 });
      const later = await removed(12);
      expect(later.processed).toBeGreaterThan(400);
      expect(later).toMatchObject({ quarantine: 0, uploads: 0 });
    },
    5 * minutes,
  );

  it("ends with all its servers at Ctrl-C", async () => {
    const { pid } = account();
    const servers = JSON.parse(readFileSync(join(checkout.folder, ".local", "servers.json"), "utf8")) as {
      name: string;
      pid: number;
    }[];
    expect(servers.map(({ name }) => name)).toEqual(expect.arrayContaining(["Web app 1", "Web app 2"]));
    running?.kill("SIGINT");
    expect((await running?.finished)?.code).toBe(0);
    running = undefined;
    expect([pid, ...servers.map((server) => server.pid)].filter((id) => isRunning(id))).toEqual([]);
  });
});
