import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RunReport } from "../../../local/processing/result";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { until } from "../../fixtures/until";
import { twoHalves } from "../../functions/images";
import { Checkout } from "../../support/checkout";

const folders = temporaryFolders();
let checkout: Checkout;
let images: string;

/** Code that does well or badly by the name of the image. */
const moody = `import type { Process } from "../contract/process";
import { process as processByDefault } from "../processing";
import { depths } from "./depths";

export const contractVersion = 1;

export const process: Process = async (image, context) => {
  if (image.name === "abort.png") globalThis.process.abort();
  if (image.name === "hang.png") for (;;);
  if (image.name === "late.png") setTimeout(() => { throw new RangeError("thrown later"); }, 1), await new Promise(() => {});
  if (image.name === "throw.png") depths(undefined as never);
  return processByDefault(image, context);
};
`;
const depths = `export function depths(layers: readonly string[]): number {
  return layers.length;
}
`;

/** Puts a file there whole, so that a look in the middle of it starts no run of its own. */
function put(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const hidden = join(dirname(file), ".new");
  writeFileSync(hidden, text);
  renameSync(hidden, file);
}
const write = (file: string, text: string): void => put(join(checkout.folder, file), text);
const watch = (...args: string[]) => checkout.start("local/processing/watch.ts", images, ...args);
const once = async (...args: string[]) => {
  const { code, stdout, stderr } = await watch("--once", "--json", ...args).finished;
  return { code, stderr, report: stdout === "" ? undefined : (JSON.parse(stdout) as RunReport) };
};

beforeAll(async () => {
  checkout = new Checkout(folders());
  images = folders();
  const settings = readFileSync(join(checkout.folder, "environments/local.yaml"), "utf8");
  write("environments/local.yaml", settings.replace(/timeoutSeconds: \d+/, "timeoutSeconds: 20"));
  write("functions/moody/index.ts", moody);
  write("functions/moody/depths.ts", depths);
  const picture = await twoHalves(400, 300).png().toBuffer();
  for (const name of ["abort.png", "good.png", "hang.png", "late.png", "throw.png", "zebra.png"]) {
    writeFileSync(join(images, name), picture);
  }
  writeFileSync(join(images, "page.jpg"), "<!doctype html>");
  writeFileSync(join(images, ".hidden"), "");
});

describe("npm run processing:watch, once", () => {
  it("shows what the code makes of each image, goes on after crashes and hangs, and points into the code", async () => {
    const { code, report } = await once("--code", "functions/moody");
    expect(code).toBe(1);
    expect(report).toMatchObject({
      code: "functions/moody",
      environment: "local",
      state: "failed",
      counts: { processed: 2, refused: 1, failed: 4 },
    });
    const outcomes = Object.fromEntries(report?.images.map(({ file, outcome }) => [file, outcome]) ?? []);
    const failed = (message: string, stack: unknown = expect.any(Array)) => ({ state: "failed", message, stack });
    expect(outcomes).toEqual({
      "abort.png": failed("The process crashed: it ended with exit code 134."),
      "good.png": expect.objectContaining({ state: "processed" }),
      "hang.png": failed("The process crashed: it was still running after 8 s, and was ended."),
      "late.png": failed("RangeError: thrown later (the process crashed: it ended with exit code 1)", [
        expect.stringMatching(/functions\/moody\/index\.ts:10:\d+/),
      ]),
      "page.jpg": expect.objectContaining({ state: "refused", reason: "not-an-image" }),
      "throw.png": failed("TypeError: Cannot read properties of undefined (reading 'length')", [
        expect.stringMatching(/^at depths \(functions\/moody\/depths\.ts:2:\d+\)$/),
        expect.stringMatching(/functions\/moody\/index\.ts:11:\d+/),
      ]),
      "zebra.png": expect.objectContaining({ state: "processed" }),
    });
    const good = report?.images.find(({ file }) => file === "good.png");
    expect(good).toMatchObject({
      milliseconds: expect.any(Number),
      outcome: {
        outputs: [
          { name: "web", width: 400, height: 300, contentType: "image/jpeg", sizeBytes: expect.any(Number) },
          { name: "thumbnail", width: 256, height: 256 },
        ],
        features: { width: 400, format: "png" },
      },
    });
    expect(readdirSync(join(checkout.folder, ".cache/watch"))).toEqual([]);
  });

  it.each([
    [
      "does not compile",
      "export const contractVersion = ;\n",
      /^It does not compile\. Build failed with 1 error:\nfunctions\/broken\/index\.ts:1:31: ERROR: Unexpected ";"$/,
    ],
    [
      "is of another contract",
      "export const contractVersion = 2;\nexport const process = async () => undefined;\n",
      /^functions\/broken\/index\.ts: contractVersion: expected 1, but got 2\. Export contractVersion = 1, and keep to functions\/contract\/process\.ts\.$/,
    ],
    [
      "does not load",
      'export const contractVersion = 1;\nthrow new TypeError("no model");\n',
      /^functions\/broken\/index\.ts does not load: TypeError: no model \(the process crashed: it ended with exit code 1\)\nat .*functions\/broken\/index\.ts:2:\d+/,
    ],
  ])("says of code that %s what is wrong", async (_, text, fault) => {
    write("functions/broken/index.ts", text);
    const { code, report } = await once("--code", "functions/broken/");
    expect([code, report?.state, report?.images]).toEqual([1, "failed", []]);
    expect(report?.fault).toMatch(fault);
  });

  it("prints a line an image for people, and ends well when nothing failed", async () => {
    const few = folders();
    writeFileSync(join(few, "good.png"), await twoHalves(400, 300).png().toBuffer());
    writeFileSync(join(few, "page.jpg"), "<!doctype html>");
    const { code, stdout } = await checkout.run("local/processing/watch.ts", few, "--once");
    expect(code).toBe(0);
    const [good, refused, total] = stdout.split("\n");
    expect(good).toMatch(/^ +\d+ ms {2}good\.png: web 400×300 \d.*, thumbnail 256×256 \d.*$/);
    expect(refused).toMatch(/^ +\d+ ms {2}page\.jpg: refused, not-an-image: Expected /);
    expect(total).toMatch(
      /^functions\/processing: 1 processed, 1 refused, 0 failed\. [\d.]+ ms an image, \d+ MB at most\.$/,
    );
  });

  it.each([
    [["--code", "stacks"], "--code: expected a folder of this repository, functions/<name>, but got stacks"],
    [
      ["--code", "functions/absent"],
      "--code: expected a folder with an index.ts, but there is no functions/absent. Make it with npm run processing:new -- absent, or name a folder that is there.",
    ],
    [
      ["--environment", "production"],
      'expected one of the environments dev, local, prod, staging, but got "production"',
    ],
    [["--fast"], "unknown option '--fast'\nSee: npm run processing:watch -- --help"],
  ])("refuses %p in a sentence", async (args, message) => {
    const { code, stderr } = await once(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("refuses a folder that is none", async () => {
    const { code, stderr } = await checkout.run("local/processing/watch.ts", join(images, "nowhere"), "--once");
    expect([code, stderr]).toEqual([
      1,
      `processing:watch: Expected a folder, but ${join(images, "nowhere")} is none. Give a folder of images.\n`,
    ]);
  });
});

it("the page follows each save of code and images, and ends with Ctrl-C", async () => {
  const folder = folders();
  writeFileSync(join(folder, "one.png"), await twoHalves(40, 30).png().toBuffer());
  const pass = (name: string) =>
    moody.replace(
      "return processByDefault(image, context);",
      `const { outputs, features } = await processByDefault(image, context);
  return { outputs: outputs.slice(0, 1).map((output) => ({ ...output, name: "${name}" })), features };`,
    );
  write("functions/live/index.ts", pass("first"));
  write("functions/live/depths.ts", depths);
  const running = checkout.start("local/processing/watch.ts", folder, "--code", "functions/live");
  const [, url = ""] = await running.says(/(http:\/\/127\.0\.0\.1:\d+) shows what functions\/live makes of/);
  const report = async (): Promise<RunReport> => (await fetch(`${url}/report.json`)).json() as Promise<RunReport>;
  const names = async () =>
    (await report()).images.map(({ file, outcome }) => [
      file,
      outcome.state === "processed" ? outcome.outputs.map(({ name }) => name).join() : outcome.state,
    ]);
  const complete = (wanted: unknown) =>
    until(
      "the page shows it",
      async () => (await report()).state !== "running" && JSON.stringify(await names()) === JSON.stringify(wanted),
    );
  await complete([["one.png", "first"]]);

  const events = await fetch(`${url}/events`);
  expect(events.headers.get("content-type")).toBe("text/event-stream");
  const heard = events.body?.getReader();
  expect(Buffer.from((await heard?.read())?.value ?? "").toString()).toBe("data: now\n\n");
  write("functions/live/index.ts", pass("second"));
  expect(Buffer.from((await heard?.read())?.value ?? "").toString()).toContain("data: changed\n\n");
  await complete([["one.png", "second"]]);
  await heard?.cancel();

  put(join(folder, "two.jpg"), await twoHalves(40, 30).jpeg().toBuffer());
  await complete([
    ["one.png", "second"],
    ["two.jpg", "second"],
  ]);
  const page = await (await fetch(url)).text();
  expect(page).toContain(
    '<p id="verdict" data-live class="state complete" role="status">2 processed, 0 refused, 0 failed.</p>',
  );
  const pictures = [...page.matchAll(/<img src="([^"]+)"/g)].map(([, path]) => path ?? "");
  expect(pictures).toHaveLength(4);
  for (const path of pictures) {
    const picture = await fetch(url + path);
    expect([picture.status, picture.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching(/^image\/(png|jpeg)$/),
    ]);
    expect(picture.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  }
  for (const path of ["/outputs/1/0/7", "/originals/9", "/originals/..%2F..%2Fpackage.json", "/outputs/1/0/x"]) {
    expect((await fetch(url + path)).status).toBe(404);
  }

  for (const version of [3, 4, 5]) {
    write("functions/live/index.ts", pass("third").replace("contractVersion = 1", `contractVersion = ${version}`));
    await until("the fault is shown", async () => (await report()).fault?.includes(`but got ${version}`) ?? false);
  }
  expect(await (await fetch(url)).text()).toContain("contractVersion: expected 1, but got 5");
  // What was made before is shown until there is something better.
  expect((await fetch(url + pictures[1])).status).toBe(200);
  write("functions/live/index.ts", pass("sixth"));
  await complete([
    ["one.png", "sixth"],
    ["two.jpg", "sixth"],
  ]);
  await until("pictures of earlier runs are gone", () => {
    const [work = ""] = readdirSync(join(checkout.folder, ".cache/watch"));
    return readdirSync(join(checkout.folder, ".cache/watch", work)).length === 1;
  });

  running.kill("SIGINT");
  expect((await running.finished).code).toBe(130);
  expect(readdirSync(join(checkout.folder, ".cache/watch"))).toEqual([]);
  expect(existsSync(join(folder, "one.png"))).toBe(true);
});
