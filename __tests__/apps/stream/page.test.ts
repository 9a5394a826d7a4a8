import type { BrowserContextOptions } from "playwright-core";
import { noise } from "../../functions/images";
import { MemoryStore } from "../../functions/memory-store";
import { accessibilityFaults, phone, testBrowser } from "../../support/browser";
import { openPage as openPageOf, textsOf } from "../common/open-page";
import { expectPhonePage, expectSignedOut, jpeg, longName, row, summary } from "../common/page-parts";
import { mostBytes, type StreamService, streamServices } from "./stream-service";

const services = streamServices();
const browser = testBrowser();

let small: Buffer;
let large: Buffer;
let service: StreamService;

beforeAll(async () => {
  small = await noise(40, 30).jpeg().toBuffer();
  large = await noise(400, 300).png().toBuffer();
});

beforeEach(async () => {
  service = await services.start(new MemoryStore());
});

const openPage = (options?: BrowserContextOptions) =>
  openPageOf(browser, { url: service.url, ready: "at most 1 MiB each", options });

it("sends 50 chosen files, tells of each how it went, and the stream has those that are images, once each", async () => {
  const { page, said } = await openPage();
  const sound = Array.from({ length: 46 }, (_, index) => jpeg(`sound-${index}.jpg`, index % 10 ? small : large));
  await page
    .locator("#files")
    .setInputFiles([
      ...sound.slice(0, 20),
      jpeg("words.jpg", Buffer.from("No picture, only words.")),
      jpeg("empty.jpg", Buffer.alloc(0)),
      jpeg("huge.jpg", Buffer.concat([small, Buffer.alloc(mostBytes)])),
      { name: "page.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 a page") },
      ...sound.slice(20),
    ]);
  await summary(page, "46 of 50 sent, 4 refused");
  expect(await row(page, "words.jpg").textContent()).toContain("Refused: This is no image of an accepted kind.");
  expect(await row(page, "page.pdf").textContent()).toContain("Refused: This is no image of an accepted kind.");
  // A grey square, not the browser's sign for a broken picture.
  await row(page, "words.jpg").locator(".picture").waitFor();
  expect(await row(page, "words.jpg").locator("img").count()).toBe(0);
  expect(await row(page, "empty.jpg").textContent()).toContain("Refused: This file is empty.");
  expect(await row(page, "huge.jpg").textContent()).toContain("Refused: This image is too large.");
  expect(await row(page, "sound-0.jpg").textContent()).toContain("Sent");
  expect((await service.records()).map(({ name }) => name).sort()).toEqual(sound.map(({ name }) => name).sort());
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(said).toEqual([]);
  // The check itself sees what is wrong.
  await page.evaluate("document.querySelector('main').append(document.createElement('button'))");
  expect(await accessibilityFaults(page)).toEqual([expect.stringMatching(/^button-name: /)]);
});

it("shows how far a file is, and then that it waits for the confirmation", async () => {
  const { page } = await openPage();
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  // 100 kB a second.
  await client.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 100_000,
  });
  await page.locator("#files").setInputFiles([jpeg("slow.png", large)]);
  const bar = page.getByRole("progressbar", { name: "slow.png: sent so far" });
  await bar.waitFor();
  await page.waitForFunction(() => {
    const { value = 0 } = (
      globalThis as unknown as { document: { querySelector(name: string): { value?: number } } }
    ).document.querySelector("progress");
    return value > 0 && value < 1;
  });
  await summary(page, "1 of 1 sent");
  expect(await bar.isVisible()).toBe(false);
});

it("takes what is dropped anywhere on the page", async () => {
  const { page, said } = await openPage();
  const dropped = await page.evaluateHandle(
    ([bytes]) => {
      // biome-ignore lint/suspicious/noExplicitAny: runs in the browser, whose types the tests do not have.
      const { DataTransfer, File, Uint8Array: Bytes } = globalThis as any;
      const transfer = new DataTransfer();
      transfer.items.add(new File([Bytes.from(bytes)], "dropped.jpg", { type: "image/jpeg" }));
      return transfer;
    },
    [[...small]],
  );
  await page.locator("body").dispatchEvent("dragover", { dataTransfer: dropped });
  expect(await page.locator("#drop").getAttribute("class")).toBe("drop over");
  await page.locator("body").dispatchEvent("drop", { dataTransfer: dropped });
  await summary(page, "1 of 1 sent");
  expect(await page.locator("#drop").getAttribute("class")).toBe("drop");
  expect((await service.records()).map(({ name, sha256 }) => [name, sha256.length])).toEqual([["dropped.jpg", 64]]);
  expect(said).toEqual([]);
});

it("takes pictures with the camera, one and one every two seconds, by keyboard alone", async () => {
  const { page, said } = await openPage();
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.id")).toBe("files");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("The camera is on.").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await summary(page, "1 of 1 sent");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  // The third of two seconds later may be on its way still when the fourth is taken.
  await summary(page, /^([3-9]|\d\d+) of \d+ sent/);
  await page.keyboard.press("Space");
  expect(await page.getByRole("button", { name: "One every 2 seconds" }).getAttribute("aria-pressed")).toBe("false");
  await page.getByRole("button", { name: "Camera", exact: true }).click();
  expect(await page.locator("#camera").isVisible()).toBe(false);
  const records = await service.records();
  expect(records.length).toBeGreaterThanOrEqual(3);
  for (const { name } of records) expect(name).toMatch(/^camera-\d{4}-.*Z\.jpg$/);
  expect(said).toEqual([]);
});

it("waits as long as the service says, and sends the image again under the same id", async () => {
  const { page } = await openPage();
  const ids: (string | undefined)[] = [];
  await page.route("**/images?*", async (route) => {
    ids.push(route.request().headers()["image-id"]);
    if (ids.length > 1) return route.continue();
    const body = JSON.stringify({ type: "/problems/busy", status: 429, retryAfterSeconds: 1 });
    return route.fulfill({ status: 429, contentType: "application/problem+json", body });
  });
  const texts = await textsOf(page, "#list");
  await page.locator("#files").setInputFiles([jpeg("patient.jpg", small)]);
  await summary(page, "1 of 1 sent");
  expect(await texts()).toContain("Waiting: The service is busy, trying again in 1 s");
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(ids).toEqual([ids[0], ids[0]]);
  expect((await service.records()).map(({ id }) => id)).toEqual([ids[0]]);
});

it("says that somebody is signed out when the load balancer sends on to sign in", async () => {
  const { page } = await openPage();
  await page.route("**/images?*", (route) => route.abort("failed"));
  await page.route("**/limits", (route) =>
    route.fulfill({ status: 302, headers: { location: "https://login.example.com/" } }),
  );
  await page.locator("#files").setInputFiles([jpeg("late.jpg", small)]);
  await expectSignedOut(page, "Not sent: signed out");
});

it("fits a phone, in light and dark, without a fault of accessibility", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page } = await openPage({ ...phone, colorScheme });
    await page.locator("#files").setInputFiles([jpeg(longName, small), jpeg("words.jpg", Buffer.from("words"))]);
    await summary(page, "1 of 2 sent, 1 refused");
    await expectPhonePage(page);
  }
});
