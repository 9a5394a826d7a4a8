import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { FastifyInstance } from "fastify";
import type { BatchStatus, DeployedSchedule, PageData } from "../../../../local/demo/page/page-data";
import { pageServer } from "../../../../local/demo/page/server";
import type { RunReport } from "../../../../local/demo/report";
import { MemoryStore } from "../memory-store";

const buckets = { uploads: "uploads", processed: "processed", quarantine: "quarantine" };
const hostileName = `<img src=x onerror="alert(1)">.jpg`;
const day = "2026-03-01";
const plansFolder = mkdtempSync(join(tmpdir(), "darkroom-plans-"));
let store: MemoryStore;
let schedule: DeployedSchedule | undefined;
let report: RunReport;
let batch: BatchStatus;
let batchesStarted: number;
let server: FastifyInstance;
let port: number;

async function addImage(id: string, { name = `${id}.jpg`, format = "jpeg", measured = {} } = {}): Promise<void> {
  const outputs = [
    { name: "web", key: `images/dt=${day}/${id}/0123456789ab/web.jpg` },
    { name: "thumbnail", key: `images/dt=${day}/${id}/0123456789ab/thumbnail.webp` },
  ];
  const original = { bucket: "uploads", key: `originals/dt=${day}/${id}`, sizeBytes: 1234 };
  await store.put("uploads", original.key, Buffer.from(`original ${id}`));
  for (const { key, name: output } of outputs) await store.put("processed", key, Buffer.from(`${output} ${id}`));
  const times = { receivedAt: "2026-03-01T09:00:00Z", processedAt: "2026-03-01T10:00:00Z" };
  const features = { format, width: 10, height: 20, perceptualHash: "0123", note: "<i>", ...measured };
  await store.putJson("processed", `features/dt=${day}/${id}-0123456789ab.json`, {
    imageId: id,
    source: "stream",
    name,
    ...times,
    original,
    outputs,
    features,
  });
}

beforeEach(async () => {
  store = new MemoryStore();
  store.rules.set("processed", [{ prefix: "", days: 30 }]);
  store.rules.set("uploads", [{ prefix: "originals/", days: 90 }]);
  store.rules.set("quarantine", [{ prefix: "", days: 7 }]);
  schedule = undefined;
  report = { runId: "r1", state: "running", startedAt: "2026-03-01T09:00:00Z", steps: [] };
  batch = { state: "unavailable" };
  batchesStarted = 0;
  const data: PageData = {
    store,
    batch: {
      get status() {
        return batch;
      },
      start: () => {
        batchesStarted++;
      },
    },
    buckets,
    plansFolder,
    report: () => report,
    schedule: async () => schedule,
    credits: [{ file: "a.png", shows: "a cat", author: "<b>Ann</b>", licence: "CC0", source: "javascript:alert(1)" }],
  };
  server = pageServer(data);
  port = Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
});
afterEach(() => server.close());
afterAll(() => rmSync(plansFolder, { recursive: true }));

interface Reply {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Over the wire and by hand: a client of a higher kind would tidy the path up before it is sent. */
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  new Promise<Reply>((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers, method }, (reply) => {
      text(reply).then((body) => resolve({ statusCode: reply.statusCode ?? 0, headers: reply.headers, body }), reject);
    })
      .once("error", reject)
      .end();
  });
const countOf = (text: string, part: string) => text.split(part).length - 1;

describe("pictures", () => {
  it("shows each picture before and after, with the days of removal of the deployed rules", async () => {
    await addImage("a1");
    const { body } = await get("/images");
    expect(body).toContain(`src="/images/${day}/a1-0123456789ab/original" alt="a1.jpg, as it was sent"`);
    expect(body).toContain(`src="/images/${day}/a1-0123456789ab/outputs/thumbnail" alt="a1.jpg, processed"`);
    expect(body).toContain("<dt>processed</dt> <dd>until 2026-04-01 00:00 UTC</dd>");
    expect(body).toContain("<dt>original</dt> <dd>until 2026-05-31 00:00 UTC</dd>");
  });

  it("shows the new day on the next request when the rules have changed", async () => {
    await addImage("a1");
    await get("/images");
    store.rules.set("processed", [{ prefix: "", days: 14 }]);
    expect((await get("/images")).body).toContain("<dt>processed</dt> <dd>until 2026-03-16 00:00 UTC</dd>");
  });

  it("is never kept by the browser's cache", async () => {
    expect((await get("/images")).headers["cache-control"]).toBe("no-store");
  });

  it("escapes what senders and engineers' code wrote", async () => {
    await addImage("a1", { name: hostileName });
    for (const url of ["/images", `/images/${day}/a1-0123456789ab`]) {
      const { body } = await get(url);
      expect(body).not.toContain("<img src=x");
      expect(body).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;.jpg");
    }
    expect((await get(`/images/${day}/a1-0123456789ab`)).body).toContain("<td>&lt;i&gt;</td>");
  });

  it("shows a hundred a page, newest first", async () => {
    for (let index = 0; index < 101; index++) {
      store.now = new Date(Date.parse("2026-03-01T10:00:00Z") + index * 1000);
      await addImage(`a${String(index).padStart(3, "0")}`);
    }
    const first = (await get("/images")).body;
    expect(countOf(first, 'class="card"')).toBe(100);
    expect(first).toContain("101 processed");
    expect(first).toContain("Page 1 of 2");
    // Landmarks of one kind are told apart by their names.
    for (const where of ["above", "below"]) expect(countOf(first, `aria-label="Pages, ${where} the list"`)).toBe(1);
    expect(first.indexOf("a100.jpg")).toBeLessThan(first.indexOf("a099.jpg"));
    const second = (await get("/images?page=2")).body;
    expect(countOf(second, 'class="card"')).toBe(1);
    expect(second).toContain("a000.jpg");
  });

  it.each(["0", "-1", "99", "x", "1&page=2"])("shows the nearest page for page=%s", async (page) => {
    await addImage("a1");
    const reply = await get(`/images?page=${page}`);
    expect([reply.statusCode, countOf(reply.body, 'class="card"')]).toEqual([200, 1]);
  });

  it("offers a format that browsers do not show for download", async () => {
    await addImage("a1", { format: "tiff" });
    expect((await get("/images")).body).toContain("Browsers do not show TIFF.");
    const reply = await get(`/images/${day}/a1-0123456789ab/original`);
    expect(reply.headers["content-type"]).toBe("application/octet-stream");
    expect(reply.headers["content-disposition"]).toBe("attachment");
  });

  it("shows renditions, features and the removal of each object of one picture", async () => {
    await addImage("a1");
    const { body } = await get(`/images/${day}/a1-0123456789ab`);
    expect(body).toContain('alt="a1.jpg, rendition web"');
    expect(body).toContain('<th scope="row">perceptualHash</th><td>0123</td>');
    expect(countOf(body, "until 2026-04-01 00:00 UTC")).toBe(3);
  });

  it("shows colours beside their names, lists item by item, and what is unknown as such", async () => {
    const measured = {
      dominantColours: ["#336699", 'red" onload="x'],
      dominantShares: [0.5, 0.25],
      isoSpeed: null,
      hasAlpha: false,
    };
    await addImage("a1", { measured });
    const { body } = await get(`/images/${day}/a1-0123456789ab`);
    expect(body).toContain('<rect width="1" height="1" fill="#336699"/></svg>#336699</span>');
    expect(body).toContain('<span class="item">red&quot; onload=&quot;x</span>');
    expect(body).toContain('<span class="item">0.5</span> <span class="item">0.25</span>');
    expect(body).toContain('<th scope="row">isoSpeed</th><td><span class="quiet">unknown</span></td>');
    expect(body).toContain('<th scope="row">hasAlpha</th><td>false</td>');
  });

  it("says on a card when the picture was taken, as far as the camera knew", async () => {
    await addImage("a1", { measured: { capturedAt: "2024-05-01T12:00:00+02:00" } });
    expect((await get("/images")).body).toContain("jpeg, 10 × 20, taken 2024-05-01 12:00:00+02:00</p>");
  });

  it("names a card by the end of an upload's key, with what was found and both sizes", async () => {
    await addImage("a1", { name: "r1/upload-001-cat.jpg" });
    const { body } = await get("/images");
    expect(body).toContain(`<h2><a href="/images/${day}/a1-0123456789ab">upload-001-cat.jpg</a></h2>`);
    expect(body).toContain("<figcaption>before, 1.2 KiB</figcaption>");
    expect(body).toContain("<figcaption>after, 12 bytes</figcaption>");
    expect(body).toContain('<p class="quiet">streamed, jpeg, 10 × 20</p>');
  });

  it("says so when an object is gone already", async () => {
    await addImage("a1");
    await store.delete("uploads", `originals/dt=${day}/a1`);
    expect((await get("/images")).body).toContain("<dt>original</dt> <dd>already removed</dd>");
    expect((await get(`/images/${day}/a1-0123456789ab/original`)).statusCode).toBe(404);
  });
});

describe("bytes", () => {
  it("serves originals and renditions with their type, for showing only", async () => {
    await addImage("a1");
    const original = await get(`/images/${day}/a1-0123456789ab/original`);
    expect(original.body).toBe("original a1");
    expect(original.headers).toMatchObject({
      "content-type": "image/jpeg",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
    const thumbnail = await get(`/images/${day}/a1-0123456789ab/outputs/thumbnail`);
    expect([thumbnail.headers["content-type"], thumbnail.body]).toEqual(["image/webp", "thumbnail a1"]);
  });

  it.each([
    `/images/${day}/a1-0123456789ab/outputs/other`,
    `/images/${day}/a1-0123456789ab/outputs/..%2f..%2fsecret`,
    "/images/..%2f..%2fstate/a1-0123456789ab/original",
    `/images/${day}/..%2f..%2fsecret/original`,
    `/images/${day}/a1/original`,
    `/quarantine/${day}/..%2f..%2fsecret/original`,
    `/quarantine/x/a1/original`,
    "/plans/..%2f..%2fpackage.json",
    "/plans/%2e%2e%2fsecret.txt",
    "/../../package.json",
    "/nothing",
  ])("finds nothing at %s", async (url) => {
    await addImage("a1");
    await store.put("processed", "secret", Buffer.from("secret"));
    const reply = await get(url);
    expect(reply.statusCode).toBe(404);
    expect(reply.body).not.toContain("secret a");
  });

  it("reads no other bucket, whatever a record says", async () => {
    await addImage("a1");
    const key = `features/dt=${day}/a1-0123456789ab.json`;
    const record = JSON.parse(Buffer.from((await store.get("processed", key)) ?? []).toString());
    await store.putJson("processed", key, { ...record, original: { ...record.original, bucket: "state" } });
    await store.put("state", record.original.key, Buffer.from("x"));
    expect((await get(`/images/${day}/a1-0123456789ab/original`)).statusCode).toBe(404);
  });
});

describe("quarantine", () => {
  it("shows each refused file with its reason and day of removal, for download only", async () => {
    const times = { receivedAt: "2026-03-01T09:00:00Z", quarantinedAt: "2026-03-01T10:00:00Z" };
    const reason = { reason: "corrupt", message: "Expected <JPEG>.", sizeBytes: 2048 };
    await store.putJson("quarantine", `refused/dt=${day}/b1/reason.json`, {
      imageId: "b1",
      source: "upload",
      name: hostileName,
      ...reason,
      ...times,
    });
    await store.put("quarantine", `refused/dt=${day}/b1/original`, Buffer.from("<html>"));
    const { body } = await get("/quarantine");
    expect(body).toContain("1 refused");
    expect(body).toContain("<code>corrupt</code>");
    expect(body).toContain("Expected &lt;JPEG&gt;.");
    expect(body).toContain("until 2026-03-09 00:00 UTC");
    expect(body).not.toContain("<img src=x");
    const file = await get(`/quarantine/${day}/b1/original`);
    expect(file.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": "attachment",
    });
  });
});

describe("run", () => {
  it("shows the next runs in the administrator's time zone and in UTC", async () => {
    const next = [new Date("2026-03-28T01:30:00Z"), new Date("2026-03-30T00:30:00Z")];
    schedule = { name: "batch", expression: "cron(30 2 * * ? *)", timeZone: "Europe/Berlin", enabled: true, next };
    const { body } = await get("/");
    expect(body).toContain("<td>Sat 2026-03-28 02:30 Europe/Berlin</td><td>2026-03-28 01:30 UTC</td>");
    expect(body).toContain("<td>Mon 2026-03-30 02:30 Europe/Berlin</td><td>2026-03-30 00:30 UTC</td>");
  });

  it("marks what changes while the run goes on, each part with an id to find it by", async () => {
    const { body } = await get("/");
    expect(body).toContain('<p id="verdict" data-live="running"');
    const live = [...body.matchAll(/<\w+ id="(\w+)" data-live/g)].map(([, id]) => id);
    expect(live).toEqual(["verdict", "about", "report", "send", "deployed"]);
    expect(countOf(body, "data-live")).toBe(live.length);
    expect(body.indexOf("Schedule of the batch")).toBeGreaterThan(body.indexOf('id="deployed"'));
  });

  it("says so when the schedule is switched off", async () => {
    schedule = { name: "batch", expression: "cron(30 2 * * ? *)", timeZone: "UTC", enabled: false, next: [] };
    expect((await get("/")).body).toContain("switched off: nothing starts by itself");
  });

  it("shows counts, reasons and what is wrong once the run has ended", async () => {
    const counts = { sent: 3, processed: 1, refused: 1, onFailure: 0, turnedAway: 0 };
    const wrong = [
      { imageId: "c", name: hostileName, kind: "JPEG", expected: "processed" as const, got: "refused:corrupt" },
    ];
    const bySource = { stream: counts, upload: { sent: 0, processed: 0, refused: 0, onFailure: 0, turnedAway: 0 } };
    const account = {
      ...counts,
      bySource,
      reasons: { corrupt: 1 },
      doorReasons: { "too-large": 1 },
      lost: ["r1-stream-003"],
      duplicates: [],
      wrong,
      balanced: false,
    };
    report = { ...report, state: "failed", account, steps: [{ name: "Terraform", state: "done", seconds: 12.34 }] };
    const { body } = await get("/");
    expect(body).toContain("1 lost, 0 twice, 1 not as expected.");
    expect(body).toContain("<li><code>corrupt</code>: 1</li>");
    expect(body).toContain("<h3>Turned away by the web apps</h3><ul><li><code>too-large</code>: 1</li></ul>");
    expect(body).toContain("<li>r1-stream-003</li>");
    expect(body).toContain("(JPEG): expected processed, but got refused:corrupt");
    expect(body).toContain('<td class="number">12.3</td>');
    expect(body).not.toContain("<img src=x");
    expect(JSON.parse((await get("/report.json")).body)).toMatchObject({
      state: "failed",
      account: { lost: ["r1-stream-003"] },
    });
  });

  it("links to the plans that are there, and shows them as text", async () => {
    writeFileSync(join(plansFolder, "local-data.txt"), "<b>Plan: 1 to add");
    writeFileSync(join(plansFolder, "local-data.tfplan"), "binary");
    expect((await get("/")).body).toContain('<a href="/plans/local-data.txt">local-data.txt</a>');
    const plan = await get("/plans/local-data.txt");
    expect([plan.headers["content-type"], plan.body]).toEqual(["text/plain; charset=utf-8", "<b>Plan: 1 to add"]);
    expect((await get("/plans/local-data.tfplan")).statusCode).toBe(404);
  });

  it("names the photographs' authors and licences, and links to https alone", async () => {
    const { body } = await get("/");
    expect(body).toContain("a.png: a cat, &lt;b&gt;Ann&lt;/b&gt;, CC0, javascript:alert(1)");
    expect(body).not.toContain('href="javascript');
  });
});

describe("pictures of one's own", () => {
  const own = { "sec-fetch-site": "same-origin" };

  it("names the web apps once they answer", async () => {
    expect((await get("/")).body).toContain("<p>The web apps are not up yet.</p>");
    report = { ...report, appUrls: { stream: "http://127.0.0.1:1", upload: "http://127.0.0.1:2" } };
    const { body } = await get("/");
    expect(body).toContain('<a href="http://127.0.0.1:1">Web app 1</a>');
    expect(body).toContain('<a href="http://127.0.0.1:2">Web app 2</a>');
  });

  it("runs the batch when the page's button is pressed, and shows what it is at", async () => {
    expect((await get("/")).body).not.toContain("Run the batch now");
    batch = { state: "idle" };
    expect((await get("/")).body).toContain("<button>Run the batch now</button>");
    const pressed = await get("/batch", { ...own, "content-type": "application/x-www-form-urlencoded" }, "POST");
    expect([pressed.statusCode, pressed.headers.location, batchesStarted]).toEqual([303, "/", 1]);
    batch = { state: "running", note: "1 of 1 uploads pending" };
    const { body } = await get("/");
    expect(body).toContain("<button disabled>Run the batch now</button>");
    expect(body).toContain("The run of the batch: 1 of 1 uploads pending.");
    expect(body).toContain('<div id="send" data-live="running">');
  });

  it.each([{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { origin: "http://evil.example" }])(
    "starts nothing for another site's page: %p",
    async (headers) => {
      expect((await get("/batch", headers as Record<string, string>, "POST")).statusCode).toBe(403);
      expect(batchesStarted).toBe(0);
    },
  );
});

describe("every page", () => {
  it.each(["/", "/images", "/quarantine", "/nothing"])(
    "%s has landmarks, a language, a title and one heading",
    async (url) => {
      const { body } = await get(url);
      for (const part of [
        '<html lang="en">',
        "<header>",
        '<nav aria-label="Sections">',
        '<main id="main"',
        "<title>",
        "<h1>",
      ]) {
        expect(countOf(body, part)).toBe(1);
      }
      expect(body).toContain('href="#main"');
    },
  );

  it.each(["/", "/style.css", "/page.js", "/nothing"])(
    "%s forbids the browser what the page does not need",
    async (url) => {
      const { headers } = await get(url);
      expect(headers["content-security-policy"]).toBe(
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    },
  );

  it("has an icon of its own", async () => {
    expect((await get("/")).body).toContain('<link rel="icon" type="image/svg+xml" href="/icon.svg">');
    expect((await get("/icon.svg")).headers["content-type"]).toBe("image/svg+xml");
  });

  it("answers only to this computer's own names", async () => {
    expect((await get("/", { host: "evil.example:80" })).statusCode).toBe(403);
    expect((await get("/", { host: "localhost:4000" })).statusCode).toBe(200);
  });

  it("says what failed when the account does not answer", async () => {
    store.list = async () => {
      throw new Error("connect <ECONNREFUSED>");
    };
    const reply = await get("/images");
    expect(reply.statusCode).toBe(500);
    expect(reply.body).toContain("connect &lt;ECONNREFUSED&gt;");
  });
});
