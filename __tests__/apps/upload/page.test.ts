import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import type { BrowserContextOptions, Page } from "playwright-core";
import { noise } from "../../functions/images";
import { accessibilityFaults, phone, testBrowser } from "../../support/browser";
import { testFolder } from "../../support/folders";
import { openPage as openPageOf } from "../common/open-page";
import { expectPhonePage, expectSignedOut, jpeg, longName, row, summary } from "../common/page-parts";
import { buckets, mebibyte, type UploadService, uploadServices } from "./upload-service";

const services = uploadServices();
const browser = testBrowser();
const folder = testFolder();
const { account } = services;

let small: Buffer;
let service: UploadService;

beforeAll(async () => {
  small = await noise(40, 30).jpeg().toBuffer();
});

beforeEach(async () => {
  service = await services.start();
});

const openPage = (options?: BrowserContextOptions) =>
  openPageOf(browser, { url: service.url, ready: "at most 20.0 MiB each", options });

const pendingNames = async (): Promise<string[]> =>
  (await account.keys(buckets.uploads)).map((key) => key.split("/").at(-1) ?? "");
const openUploads = async () =>
  (await account.s3().send(new ListMultipartUploadsCommand({ Bucket: buckets.uploads }))).Uploads ?? [];

/** A large file on the disk, whose time of change stays the same when it is chosen again. */
function largeFile(name: string, size: number): { path: string; bytes: Buffer } {
  const bytes = Buffer.concat([small.subarray(0, 20), randomBytes(size)]);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, bytes };
}

/** Lets parts through up to `most`, and cuts the network for those behind. */
async function cutAfterParts(page: Page, most: number): Promise<{ sent(): number; mend(): void }> {
  let [sent, cut] = [0, true];
  await page.route(/partNumber=/, (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    if (cut && sent >= most) return route.abort("connectionfailed");
    sent += 1;
    return route.continue();
  });
  return {
    sent: () => sent,
    mend: () => {
      cut = false;
    },
  };
}

it("uploads 50 chosen files straight to S3, and tells of each how it went", async () => {
  const { page, said } = await openPage();
  const sound = Array.from({ length: 45 }, (_, index) => jpeg(`sound-${index}.jpg`, small));
  const posted: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") posted.push(new URL(request.url()).origin);
  });
  await page
    .locator("#files")
    .setInputFiles([
      ...sound.slice(0, 20),
      jpeg("words.jpg", Buffer.from("No picture, only words.")),
      jpeg("empty.jpg", Buffer.alloc(0)),
      jpeg("huge.jpg", Buffer.concat([small, Buffer.alloc(20 * mebibyte)])),
      { name: "page.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 a page") },
      jpeg("parts.jpg", Buffer.concat([small, randomBytes(7 * mebibyte)])),
      ...sound.slice(20),
    ]);
  await summary(page, "46 of 50 uploaded, 4 refused. All done.");
  expect(await row(page, "words.jpg").textContent()).toContain(
    "Refused: This is no image of an accepted kind (JPEG, PNG, GIF, WEBP, AVIF, TIFF).",
  );
  expect(await row(page, "page.pdf").textContent()).toContain("Refused: This is no image of an accepted kind");
  // A grey square, not the browser's sign for a broken picture; decoded once it is in view.
  await row(page, "words.jpg").scrollIntoViewIfNeeded();
  await row(page, "words.jpg").locator(".picture").waitFor();
  expect(await row(page, "words.jpg").locator("img").count()).toBe(0);
  expect(await row(page, "empty.jpg").textContent()).toContain("Refused: This file is empty.");
  expect(await row(page, "huge.jpg").textContent()).toContain(
    "Refused: This file has 20.1 MiB; at most 20 MiB are accepted.",
  );
  expect(await row(page, "sound-0.jpg").textContent()).toContain("Uploaded, waits for the next batch");
  await page.locator("#spoken", { hasText: "46 of 50 uploaded, 4 refused. All done." }).waitFor({ state: "attached" });
  expect((await pendingNames()).sort()).toEqual([...sound.map(({ name }) => name), "parts.jpg"].sort());
  const bucket = new URL(account.env().AWS_ENDPOINT_URL ?? "").origin;
  expect(posted.filter((origin) => origin === bucket)).toHaveLength(45);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(said).toEqual([]);
});

it("shows how far each file and all of them are", async () => {
  const { page } = await openPage();
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const network = (uploadThroughput: number) =>
    client.send("Network.emulateNetworkConditions", {
      ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput },
    });
  // A quarter of a minute for the file, so that what is looked at still holds then.
  await network(70_000);
  await page.locator("#files").setInputFiles([jpeg("slow.jpg", Buffer.concat([small, randomBytes(mebibyte)]))]);
  const bar = page.getByRole("progressbar", { name: "slow.jpg: uploaded so far" });
  await bar.waitFor();
  await page.waitForFunction(() => {
    // biome-ignore lint/suspicious/noExplicitAny: runs in the browser, whose types the tests do not have.
    const bars = [...(globalThis as any).document.querySelectorAll("progress")] as { readonly value: number }[];
    return bars.length === 2 && bars.every(({ value }) => value > 0 && value < 1);
  });
  expect(await row(page, "slow.jpg").textContent()).toMatch(/Uploading \d\.\d MiB of 1\.0 MiB/);
  expect(await accessibilityFaults(page)).toEqual([]);
  await network(-1);
  await summary(page, "1 of 1 uploaded. All done.");
  expect(await page.getByRole("progressbar").count()).toBe(0);
});

it("goes on by itself after the network was cut, with the parts that S3 does not have", async () => {
  const { page } = await openPage();
  const { path, bytes } = largeFile("cut.jpg", 17 * mebibyte);
  const network = await cutAfterParts(page, 2);
  await page.locator("#files").setInputFiles([path]);
  await row(page, /Waiting: No connection, trying again in \d+ s/).waitFor();
  network.mend();
  await page.evaluate("dispatchEvent(new Event('online'))");
  await summary(page, "1 of 1 uploaded. All done.");
  expect(network.sent()).toBe(4);
  const key = (await account.keys(buckets.uploads)).find((one) => one.endsWith("/cut.jpg")) ?? "";
  const { Body } = await account.s3().send(new GetObjectCommand({ Bucket: buckets.uploads, Key: key }));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
});

it("goes on after a reload when the file is chosen again", async () => {
  const { page, said } = await openPage();
  const { path, bytes } = largeFile("reload.jpg", 17 * mebibyte);
  const network = await cutAfterParts(page, 2);
  await page.locator("#files").setInputFiles([path]);
  await row(page, "Waiting: No connection").waitFor();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText("reload.jpg: 10.0 MiB of 17.0 MiB are there").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  network.mend();
  await page.locator("#files").setInputFiles([path]);
  await summary(page, "1 of 1 uploaded. All done.");
  expect(network.sent()).toBe(4);
  expect(await page.locator("#unfinished").isVisible()).toBe(false);
  const key = (await account.keys(buckets.uploads)).find((one) => one.endsWith("/reload.jpg")) ?? "";
  const { Body } = await account.s3().send(new GetObjectCommand({ Bucket: buckets.uploads, Key: key }));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  expect(said).toEqual([]);
});

it("starts anew what S3 has removed meanwhile", async () => {
  const { page } = await openPage();
  const { path } = largeFile("removed.jpg", 7 * mebibyte);
  const network = await cutAfterParts(page, 0);
  await page.locator("#files").setInputFiles([path]);
  await row(page, "Waiting: No connection").waitFor();
  const [open] = (await openUploads()).filter(({ Key }) => Key?.endsWith("/removed.jpg"));
  await service.post("/uploads/abort", { key: open?.Key, uploadId: open?.UploadId });
  network.mend();
  await page.evaluate("dispatchEvent(new Event('online'))");
  await summary(page, "1 of 1 uploaded. All done.");
  expect(await pendingNames()).toContain("removed.jpg");
});

it("uploads a file once, even where the answer to its completion gets lost", async () => {
  const { page } = await openPage();
  const { path } = largeFile("lost-answer.jpg", 7 * mebibyte);
  await page.route(
    "**/uploads/complete",
    async (route) => {
      await route.fetch();
      await route.abort("connectionfailed");
    },
    { times: 1 },
  );
  await page.locator("#files").setInputFiles([path]);
  await row(page, "Waiting: No connection").waitFor();
  await page.evaluate("dispatchEvent(new Event('online'))");
  await summary(page, "1 of 1 uploaded. All done.");
  expect((await pendingNames()).filter((name) => name === "lost-answer.jpg")).toHaveLength(1);
});

it("works by keyboard alone: cancels an upload and discards its parts", async () => {
  const { page } = await openPage();
  const { path } = largeFile("given-up.jpg", 7 * mebibyte);
  await cutAfterParts(page, 1);
  // Asked for before any key: what asks the browser to hand choosers over does not wait until it does.
  const chooser = page.waitForEvent("filechooser");
  for (const id of ["", "", "files"]) {
    await page.keyboard.press("Tab");
    if (id) expect(await page.evaluate("document.activeElement.id")).toBe(id);
  }
  await page.keyboard.press("Enter");
  await (await chooser).setFiles([path]);
  await row(page, "Waiting: No connection").waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.ariaLabel")).toBe("Cancel given-up.jpg");
  await page.keyboard.press("Enter");
  await summary(page, "0 of 1 uploaded, 1 cancelled. All done.");
  expect(await page.evaluate("document.activeElement.id")).toBe("uploads-title");
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate("document.activeElement.ariaLabel")).toBe("Discard given-up.jpg");
  await page.keyboard.press("Enter");
  await page.locator("#unfinished").waitFor({ state: "hidden" });
  expect(await page.evaluate("document.activeElement.id")).toBe("files");
  expect((await openUploads()).filter(({ Key }) => Key?.endsWith("/given-up.jpg"))).toEqual([]);
});

it("tells what S3 refuses, and asks for a new form when one has ended", async () => {
  const { page } = await openPage();
  const answers = [
    { status: 403, body: "<Error><Code>AccessDenied</Code></Error>" },
    { status: 400, body: "<Error><Code>EntityTooLarge</Code></Error>" },
  ];
  const origin = new URL(account.env().AWS_ENDPOINT_URL ?? "").origin;
  await page.route(`${origin}/**`, (route) =>
    route.fulfill({ ...answers.shift(), headers: { "access-control-allow-origin": service.url } }),
  );
  await page.locator("#files").setInputFiles([jpeg("changed.jpg", small)]);
  await row(page, "Refused: The file changed while it was being uploaded. Choose it again.").waitFor();
  expect(answers).toEqual([]);
});

it("says that somebody is signed out when the load balancer sends on to sign in", async () => {
  const { page } = await openPage();
  const headers = { location: "https://login.example.com/" };
  await page.route("**/uploads", (route) => route.fulfill({ status: 302, headers }));
  await page.locator("#files").setInputFiles([jpeg("late.jpg", small)]);
  await expectSignedOut(page, "Not uploaded: signed out");
});

it("shows when the next batch runs, in the administrator's time zone and the reader's", async () => {
  const now = () => new Date("2026-01-31T23:00:00Z");
  service = await services.start({}, now);
  const { page } = await openPage({ timezoneId: "America/New_York", locale: "en-GB" });
  await page.clock.setFixedTime(now());
  await page.reload();
  await page.getByText(/next batch: Sunday,? 1 February 2026 at 03:30 \(Europe\/Berlin\), in 4 hours\./).waitFor();
  await page.getByText(/^In your time zone: Saturday,? 31 January 2026 at 21:30 \(America\/New_York\)\.$/).waitFor();
  service = await services.start({ SCHEDULE_ENABLED: "false" });
  const { page: off } = await openPage();
  await off.getByText("The batch is switched off; uploads wait until an administrator switches it on.").waitFor();
});

it("fits a phone, in light and dark, without a fault of accessibility", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page } = await openPage({ ...phone, colorScheme });
    await page.locator("#files").setInputFiles([jpeg(longName, small), jpeg("words.jpg", Buffer.from("words"))]);
    await summary(page, "1 of 2 uploaded, 1 refused. All done.");
    await expectPhonePage(page);
  }
});
