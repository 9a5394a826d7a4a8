import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { repositoryFolder } from "../../environments/repository";

const run = promisify(execFile);

/** Every file below a folder, with its bytes. */
function contents(folder: string, below = folder): [string, string][] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return contents(path, below);
      return [[relative(below, path), readFileSync(path).toString("base64")] as [string, string]];
    });
}

describe("npm run synth", () => {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-determinism-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const synthesize = async (out: string, timeZone: string, names: string[] = []) => {
    const env = { ...process.env, CDKTF_OUTDIR: join(folder, out), TZ: timeZone };
    await run(process.execPath, [join(repositoryFolder(), "gitops", "synth.mjs"), ...names], { cwd: folder, env });
    return contents(join(folder, out));
  };

  it("writes the same bytes in two folders and two time zones", async () => {
    const first = await synthesize("one", "Pacific/Auckland");
    const second = await synthesize("another/folder", "America/Los_Angeles");
    expect(first.filter(([path]) => path.endsWith("cdk.tf.json"))).toHaveLength(27);
    expect(second.map(([path]) => path)).toEqual(first.map(([path]) => path));
    expect(second.filter(([, bytes], index) => bytes !== first[index]?.[1]).map(([path]) => path)).toEqual([]);
  });

  it("writes one environment when asked for it, with nothing of another left", async () => {
    const one = await synthesize("one", "UTC", ["prod"]);
    expect([...new Set(one.map(([path]) => path.split("/")[1]))].filter((name) => name !== undefined)).toEqual([
      "prod-analytics",
      "prod-bootstrap",
      "prod-compute",
      "prod-data",
      "prod-identity",
      "prod-network",
      "prod-streaming",
    ]);
  });

  it("names an environment that does not exist in one line, without a stack trace", async () => {
    const failure = await synthesize("two", "UTC", ["production"]).then(
      () => undefined,
      (error: { code: number; stderr: string }) => error,
    );
    expect(failure?.code).toBe(1);
    expect(failure?.stderr.trim().split("\n")).toHaveLength(1);
    expect(failure?.stderr).toContain("production");
  });
});
