import type { FastifyInstance } from "fastify";
import { pageServer } from "../../../../local/demo/page/server";
import { temporaryFolders } from "../../../fixtures/temporary-folder";
import { until } from "../../../fixtures/until";
import { noise, twoHalves } from "../../../functions/images";
import { accessibilityFaults, phone, testBrowser } from "../../../support/browser";
import { MemoryStore } from "../memory-store";

const buckets = { uploads: "uploads", processed: "processed", quarantine: "quarantine" };
const day = "2026-03-01";
const times = { receivedAt: `${day}T09:00:00Z`, processedAt: `${day}T10:00:00Z`, quarantinedAt: `${day}T10:00:00Z` };
const counts = { sent: 4, processed: 3, refused: 1, onFailure: 0, turnedAway: 0 };
const browser = testBrowser();
const folders = temporaryFolders();

let server: FastifyInstance;
let url: string;

/** Three processed pictures, one of a name without a space to break at, and a refused file. */
async function filled(): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const bucket of Object.values(buckets)) store.rules.set(bucket, [{ prefix: "", days: 30 }]);
  const names = ["cat.jpg", "flower.jpg", `${"a-long-name-".repeat(8)}.jpg`];
  for (const [index, name] of names.entries()) {
    const id = `id-${index}`;
    const [width, height] = [400 - 90 * index, 300];
    const original = { bucket: "uploads", key: `originals/dt=${day}/${id}`, sizeBytes: 1234 };
    const outputs = ["web.jpg", "thumbnail.webp"].map((file) => ({
      name: file.replace(/\..*/, ""),
      key: `images/dt=${day}/${id}/0123456789ab/${file}`,
    }));
    await store.put("uploads", original.key, await noise(width, height).jpeg().toBuffer());
    for (const [at, output] of outputs.entries()) {
      const picture = twoHalves(width, height);
      await store.put("processed", output.key, await (at === 0 ? picture.jpeg() : picture.webp()).toBuffer());
    }
    const features = { format: "jpeg", width, height, dominantColours: ["#b7cfe7", "#2f2a1f"], hasAlpha: false };
    const record = { imageId: id, source: "stream", name, original, outputs, features, ...times };
    await store.putJson("processed", `features/dt=${day}/${id}-0123456789ab.json`, record);
  }
  const refused = { imageId: "b1", source: "upload", name: "words.jpg", reason: "corrupt", message: "Not whole." };
  await store.putJson("quarantine", `refused/dt=${day}/b1/reason.json`, { ...refused, sizeBytes: 2048, ...times });
  await store.put("quarantine", `refused/dt=${day}/b1/original`, Buffer.from("words"));
  return store;
}

beforeAll(async () => {
  server = pageServer({
    store: await filled(),
    batch: { status: { state: "idle" }, start: () => undefined },
    buckets,
    plansFolder: folders(),
    report: () => ({
      runId: "r1",
      state: "complete",
      startedAt: times.receivedAt,
      steps: [{ name: "Terraform", state: "done", seconds: 12.34 }],
      appUrls: { stream: "http://127.0.0.1:1", upload: "http://127.0.0.1:2" },
      account: {
        ...{ ...counts, reasons: { corrupt: 1 }, doorReasons: {}, lost: [], duplicates: [], wrong: [], balanced: true },
        bySource: { stream: counts, upload: counts },
      },
    }),
    schedule: async () => ({
      name: "batch",
      expression: "cron(30 2 * * ? *)",
      timeZone: "Europe/Berlin",
      enabled: true,
      next: [new Date("2026-03-02T01:30:00Z")],
    }),
    credits: [{ file: "a.png", shows: "a cat", author: "Ann", licence: "CC0", source: "https://example.com" }],
  });
  url = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => server.close());

const paths = ["/", "/images", `/images/${day}/id-0-0123456789ab`, "/quarantine", "/nothing"];

it.each(["light", "dark"] as const)(
  "every page of the local page is without a fault of accessibility and fits a phone, in %s",
  async (colorScheme) => {
    for (const options of [{ colorScheme }, { ...phone, colorScheme }]) {
      const page = await browser.page(options);
      for (const path of paths) {
        await page.goto(url + path);
        expect([path, await accessibilityFaults(page)]).toEqual([path, []]);
        expect([path, await page.evaluate("document.documentElement.scrollWidth - innerWidth")]).toEqual([path, 0]);
      }
    }
  },
);

it("pictures are shown, before and after, and buttons are large enough for a thumb", async () => {
  const page = await browser.page(phone);
  const said: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && said.push(message.text())));
  await page.goto(`${url}/images`);
  const shown =
    "document.images.length === 6 && [...document.images].every((one) => one.complete && one.naturalWidth > 0)";
  // Not by waitForFunction, which evaluates a text again within the page: its policy forbids that.
  await until("all six pictures are shown", () => page.evaluate<boolean>(shown));
  await page.goto(url);
  expect((await page.getByRole("button").boundingBox())?.height).toBeGreaterThanOrEqual(44);
  expect(said).toEqual([]);
});
