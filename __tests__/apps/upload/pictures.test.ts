import { DeleteObjectCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { dueAt } from "../../../local/expiry/due";
import { farFromMidnight } from "../../fixtures/far-from-midnight";
import { accessibilityFaults, phone, testBrowser } from "../../support/browser";
import { putProcessed } from "./processed";
import { buckets, type UploadService, uploadServices } from "./upload-service";

const services = uploadServices();
const browser = testBrowser();

let service: UploadService;

beforeAll(farFromMidnight);
beforeEach(async () => {
  service = await services.start();
  const s3 = services.account.s3();
  for (const { Key } of (await s3.send(new ListObjectsV2Command({ Bucket: buckets.processed }))).Contents ?? []) {
    await s3.send(new DeleteObjectCommand({ Bucket: buckets.processed, Key }));
  }
});

/** So many pictures over two days; on the newer one 20 of them. */
async function putMany(count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const day = index < 20 ? "2026-01-31" : "2026-01-30";
      return putProcessed(services, { day, imageId: `id-${100 + index}`, name: `picture-${index}.jpg` });
    }),
  );
}

it("lists the newest day first, page by page, each picture once", async () => {
  await putMany(50);
  const names: string[] = [];
  const sizes: number[] = [];
  let next: string | undefined;
  do {
    const page = (await service.get(`/pictures${next ? `?after=${encodeURIComponent(next)}` : ""}`)).json();
    names.push(...page.pictures.map(({ name }: { readonly name: string }) => name));
    sizes.push(page.pictures.length);
    next = page.next;
  } while (next !== undefined);
  expect(sizes).toEqual([24, 24, 2]);
  expect(names).toEqual(Array.from({ length: 50 }, (_, index) => `picture-${index}.jpg`));
});

it("tells of each picture the instant at which S3 removes it, and where its renditions are", async () => {
  await putProcessed(services, { day: "2026-01-31", imageId: "abc", name: "one.jpg" });
  const thumbnail = "images/dt=2026-01-31/abc/0a1b2c3d4e5f/thumbnail.webp";
  const { LastModified = new Date(0) } = await services.account
    .s3()
    .send(new HeadObjectCommand({ Bucket: buckets.processed, Key: thumbnail }));
  expect((await service.get("/pictures")).json()).toEqual({
    pictures: [
      {
        id: "abc-0a1b2c3d4e5f",
        name: "one.jpg",
        source: "upload",
        processedAt: "2026-01-31T12:00:00.000Z",
        removedAt: dueAt(LastModified, 30).toISOString(),
        thumbnail: { url: `/pictures/${thumbnail}`, width: 64, height: 64 },
        large: { url: "/pictures/images/dt=2026-01-31/abc/0a1b2c3d4e5f/web.webp" },
      },
    ],
  });
});

it("sends on to S3 with a URL signed at that moment", async () => {
  await putProcessed(services, { day: "2026-01-31", imageId: "abc", name: "one.jpg" });
  const { pictures } = (await service.get("/pictures")).json();
  const answer = await service.get(pictures[0].thumbnail.url);
  expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([302, "private, max-age=450"]);
  const url = new URL(answer.headers.location ?? "");
  expect(url.searchParams.get("X-Amz-Expires")).toBe("900");
  const picture = await fetch(url);
  expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/webp"]);
});

it.each([
  "/pictures/features/dt=2026-01-31/abc-0a1b2c3d4e5f.json",
  "/pictures/images/dt=2026-01-31/abc/0a1b2c3d4e5f/..%2f..%2fx.webp",
  "/pictures/anything",
])("signs nothing but renditions: not %s", async (path) => {
  const answer = await service.get(path);
  expect([answer.statusCode, answer.json().detail]).toEqual([404, "There is no such picture."]);
});

it("refuses a place in the list that no page gave", async () => {
  const answer = await service.get("/pictures?after=../x");
  expect([answer.statusCode, answer.json().detail]).toEqual([
    400,
    'after: expected what an earlier page gave as next, but got "../x".',
  ]);
});

it("leaves out what is removed meanwhile, and records that are none", async () => {
  await putProcessed(services, { day: "2026-01-31", imageId: "gone", name: "gone.jpg", withoutFiles: true });
  await services.put(buckets.processed, "features/dt=2026-01-31/none-0a1b2c3d4e5f.json", "{}");
  await putProcessed(services, { day: "2026-01-31", imageId: "there", name: "there.jpg" });
  const { pictures } = (await service.get("/pictures")).json();
  expect(pictures.map(({ name }: { readonly name: string }) => name)).toEqual(["there.jpg"]);
});

describe("the page", () => {
  it("shows every picture with its day of removal, more by keyboard, without a fault of accessibility", async () => {
    await putMany(30);
    const { pictures } = (await service.get("/pictures")).json();
    const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
      new Date(pictures[0].removedAt),
    );
    const page = await browser.page();
    const said: string[] = [];
    page.on("console", (message) => void (message.type() === "error" && said.push(message.text())));
    await page.goto(`${service.url}/pictures.html`);
    await page.getByText("24 pictures are shown.").waitFor();
    await page
      .getByText(
        "Pictures are kept 30 days after they were processed, and are removed at the midnight (UTC) after that.",
      )
      .waitFor();
    await page.getByText("Uploads are processed in the next batch:").waitFor();
    expect(await page.getByText(`Removed on ${day}`).count()).toBe(24);
    // biome-ignore lint/suspicious/noExplicitAny: runs in the browser, whose types the tests do not have.
    await page.waitForFunction(() => (globalThis as any).document.querySelector(".pictures img").naturalWidth === 64);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Show more" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("30 pictures are shown, all there are.").waitFor();
    expect(await page.evaluate("document.activeElement.querySelector('img').alt")).toBe("picture-24.jpg");
    const address = await page.locator(".pictures a").nth(24).getAttribute("href");
    await page.keyboard.press("Enter");
    await page.waitForURL(/X-Amz-Signature/);
    expect(
      decodeURIComponent(new URL(page.url()).pathname).endsWith(address?.replace("/pictures/", "") ?? "none"),
    ).toBe(true);
    expect(said).toEqual([]);
  });

  it("says that there is nothing yet, and fits a phone, in light and dark", async () => {
    const empty = await browser.page(phone);
    await empty.goto(`${service.url}/pictures.html`);
    await empty.getByText("No pictures yet: they appear after the next batch.").waitFor();
    await putProcessed(services, { day: "2026-01-31", imageId: "abc", name: `${"long-name-".repeat(12)}.jpg` });
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.page({ ...phone, colorScheme });
      await page.goto(`${service.url}/pictures.html`);
      await page.getByText("1 picture is shown, all there are.").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    }
  });

  it("says why pictures are not shown, and tries again", async () => {
    await putProcessed(services, { day: "2026-01-31", imageId: "abc", name: "one.jpg" });
    const page = await browser.page();
    await page.route("**/pictures", (route) => route.fulfill({ status: 503, body: "{}" }), { times: 1 });
    await page.goto(`${service.url}/pictures.html`);
    await page.getByText("The service is not available.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("1 picture is shown, all there are.").waitFor();
  });
});
