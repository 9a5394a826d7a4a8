import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { bundle } from "../../../functions/bundle/bundle";
import { bundleGpuMeter } from "../../../functions/bundle/bundle-gpu-meter";
import { inputsHash, sharpVersion } from "../../../functions/bundle/inputs";
import { type Architecture, type BundleTarget, repository } from "../../../functions/bundle/paths";
import { type Bundle, readBundle } from "../../../functions/bundle/read-bundle";
import { readGpuMeter } from "../../../functions/bundle/read-gpu-meter";

const target = (architecture: Architecture, folder = "processing"): BundleTarget => ({ folder, architecture });
const silent = (): void => {};

let folder: string;
let arm64: Bundle;
let host: Bundle;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "darkroom-test-"));
  arm64 = await bundle(target("arm64"), silent);
  host = await bundle(target("host"), silent);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The inputs of a bundle in a folder of their own. */
function clone(name: string): string {
  const root = join(folder, name);
  for (const input of ["functions", "environments/settings", "package-lock.json"]) {
    mkdirSync(dirname(join(root, input)), { recursive: true });
    cpSync(join(repository, input), join(root, input), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  return root;
}

describe("the release bundle", () => {
  const files = () => unzipSync(readFileSync(arm64.zipPath));

  it("holds the functions and sharp for arm64 and glibc, and no other machine's binary", () => {
    const names = Object.keys(files());
    expect(names).toEqual(
      expect.arrayContaining(["stream.js", "batch.js", "report.js", "node_modules/sharp/package.json"]),
    );
    const binaries = names.filter((name) => /\.(node|so)(\.|$)/.test(name));
    expect(binaries.map((name) => name.split("/").slice(1, 3).join("/"))).toEqual([
      "@img/sharp-libvips-linux-arm64",
      "@img/sharp-linux-arm64",
    ]);
    expect(names.filter((name) => /musl|x64/.test(name))).toEqual([]);
  });

  it("holds binaries whose ELF header says AArch64", () => {
    for (const [name, bytes] of Object.entries(files())) {
      if (/\.(node|so)(\.|$)/.test(name)) expect(Buffer.from(bytes).readUInt16LE(18)).toBe(183);
    }
  });

  it("names no folder of the computer that built it, keeps licences and leaves types out", () => {
    const code = Buffer.from(files()["stream.js"] ?? "").toString("utf8");
    expect(code).not.toContain(repository);
    expect(code).not.toContain("sourceMappingURL");
    const names = Object.keys(files());
    expect(names).toEqual(expect.arrayContaining(["node_modules/sharp/LICENSE"]));
    expect(names.filter((name) => /\.d\.c?ts$|\.cc$|^node_modules\/sharp\/README/.test(name))).toEqual([]);
  });

  it("is the one that its description names", () => {
    const zip = readFileSync(arm64.zipPath);
    expect(arm64.sha256).toBe(createHash("sha256").update(zip).digest("base64"));
    expect(readBundle("arm64")).toEqual(arm64);
    expect(arm64.processing).toMatch(/^[0-9a-f]{12}$/);
  });
});

it("the meter of GPUs has a zip of its own, one for every machine", () => {
  const { zipPath, sha256 } = readGpuMeter();
  const zip = readFileSync(zipPath);
  expect(Object.keys(unzipSync(zip))).toEqual(["gpu-meter.js"]);
  expect(sha256).toBe(createHash("sha256").update(zip).digest("base64"));
});

it("the same inputs give the same bytes in another folder and another time zone", () => {
  const root = clone("elsewhere");
  const script = join(root, "functions/bundle/cli.ts");
  const tsx = join(repository, "node_modules/tsx/dist/cli.mjs");
  const env = { ...process.env, TZ: "Pacific/Kiritimati" };
  execFileSync(process.execPath, [tsx, script], { cwd: folder, env, stdio: "pipe" });
  for (const [architecture, built] of Object.entries({ arm64, host })) {
    expect(readBundle(architecture as Architecture, "processing", root)).toEqual({
      ...built,
      zipPath: join(root, `.cache/functions/processing-${architecture}/image-functions.zip`),
    });
  }
  expect(readGpuMeter(root).sha256).toBe(readGpuMeter().sha256);
}, 300_000);

it("is built again only when an input changes", async () => {
  const root = clone("changing");
  const before = inputsHash(root, target("arm64"));
  writeFileSync(join(root, "functions/batch/more.ts"), "export const more = 1;\n");
  expect(inputsHash(root, target("arm64"))).not.toBe(before);
  const lines: string[] = [];
  expect(await bundle(target("host"), (line) => lines.push(line))).toEqual(host);
  expect(lines).toEqual(["bundle processing host: up to date"]);
});

it("the meter is built once for all machines, and again only when an input changes or it is gone", async () => {
  const root = clone("meter");
  expect([await bundleGpuMeter(root), await bundleGpuMeter(root)]).toEqual([true, false]);
  const { zipPath, sha256 } = readGpuMeter(root);
  rmSync(zipPath);
  expect([await bundleGpuMeter(root), readGpuMeter(root).sha256]).toEqual([true, sha256]);
  writeFileSync(join(root, "functions/gpu-meter/handler.ts"), "export const more = 1;\n", { flag: "a" });
  expect([await bundleGpuMeter(root), await bundleGpuMeter(root)]).toEqual([true, false]);
});

it("code that reads files the cache does not know is refused", async () => {
  const root = clone("strange");
  mkdirSync(join(root, "stacks"));
  writeFileSync(join(root, "stacks/secret.ts"), "export const secret = 1;\n");
  writeFileSync(join(root, "functions/processing/sniff.ts"), 'export * from "../../stacks/secret";\n', { flag: "a" });
  await expect(bundle(target("host"), silent, root)).rejects.toThrow(
    "Functions may import from functions and environments/settings only, but they import stacks/secret.ts",
  );
});

it("npm without a registry is one clear line", async () => {
  const root = clone("offline");
  const npmrc = join(root, "functions/bundle/runtime/.npmrc");
  writeFileSync(npmrc, `registry=http://127.0.0.1:9/\ncache=${join(root, "empty")}\nfetch-retries=0\n`);
  const cli = join(root, "functions/bundle/cli.ts");
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const { status, stderr } = spawnSync(process.execPath, [join(repository, "node_modules/tsx/dist/cli.mjs"), cli], {
    env,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^bundle: npm ci of functions\/bundle\/runtime failed \(.+\): it needs your npm registry or a filled npm cache\n$/,
  );
});

it("a bundle that was never built says which command builds it", () => {
  expect(() => readBundle("arm64", "processing", folder)).toThrow(
    /^The bundle of functions\/processing for arm64 is not built \(.+\): run npm run bundle$/,
  );
  expect(() => readGpuMeter(folder)).toThrow(
    /^The meter of GPUs is not built \(.+gpu-meter\.zip\): run npm run bundle$/,
  );
});

it("the lock file names no registry and the version of sharp that the tests run with", () => {
  const lock = readFileSync(join(repository, "functions/bundle/runtime/package-lock.json"), "utf8");
  expect(lock).not.toMatch(/"resolved"|https?:\/\/(?!opencollective|github)/);
  const { devDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  expect(sharpVersion(repository)).toBe(devDependencies.sharp);
});

it("the meter's file says which variables it misses", () => {
  const [code] = Object.values(unzipSync(readFileSync(readGpuMeter().zipPath)));
  const file = join(folder, "gpu-meter.js");
  writeFileSync(file, code ?? "");
  const { status, stderr } = spawnSync(process.execPath, [file], { env: {}, encoding: "utf8" });
  expect(status).toBe(1);
  // Node shows the line of code first, which is most of the file.
  expect(/^.*\[EnvironmentError\]: (.*)$/m.exec(stderr)?.[1]).toBe(
    "Environment variables missing: ENVIRONMENT, DOMAIN_ID, GROUPS, NAME_PREFIX, NAME_END, ROLE_PREFIX, SAMPLE_MINUTES. The analytics stack sets them; deploy it again.",
  );
});

describe("the built functions, unpacked as Lambda does", () => {
  let unpacked: string;

  beforeAll(() => {
    unpacked = join(folder, "task");
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(host.zipPath)))) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true });
      writeFileSync(join(unpacked, name), bytes);
    }
  });

  const run = (script: string, env: Record<string, string> = {}) =>
    spawnSync(process.execPath, ["-e", script], { cwd: unpacked, env, encoding: "utf8" });

  it.each(["stream", "batch"])("%s says which variables it misses", (name) => {
    const { status, stderr } = run(`require("./${name}.js")`);
    expect(status).toBe(1);
    expect(stderr).toContain(
      "EnvironmentError: Environment variables missing: ENVIRONMENT, UPLOADS_BUCKET, PROCESSED_BUCKET, " +
        "QUARANTINE_BUCKET, PROCESSING, PROCESSING_VERSION. The compute stack sets them; deploy it again.",
    );
  });

  it.each(["stream", "batch"])("%s starts, sharp included, when they are set", (name) => {
    const limits = { maxPixels: 1, maxBytes: 1, maxFrames: 1 };
    const rendition = { name: "a", format: "png", maxWidthPixels: 1, maxHeightPixels: 1, fit: "cover", quality: 1 };
    const { stdout, stderr } = run(`console.log(typeof require("./${name}.js").handler)`, {
      ENVIRONMENT: "test",
      UPLOADS_BUCKET: "u",
      PROCESSED_BUCKET: "p",
      QUARANTINE_BUCKET: "q",
      PROCESSING: JSON.stringify({ limits, renditions: [rendition] }),
      PROCESSING_VERSION: "0123456789ab",
      AWS_REGION: "eu-central-1",
    });
    expect([stdout, stderr.includes("Error")]).toEqual(["function\n", false]);
  });
});
