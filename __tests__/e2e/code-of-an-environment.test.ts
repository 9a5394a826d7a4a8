import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolders } from "../fixtures/temporary-folder";
import { Checkout } from "../support/checkout";

const folders = temporaryFolders();
const minute = 60_000;

/** Dev tries new code, prod does not: from the scaffold to the stacks, as an engineer would do it. */
describe("a new folder of code that dev names", () => {
  let checkout: Checkout;
  const node = (script: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [script, ...args], { cwd: checkout.folder }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code: code as number, stdout: String(stdout), stderr: String(stderr) }),
    );
  const bundle = () => checkout.run("functions/bundle/cli.ts");
  const synth = (...names: string[]) => node("gitops/synth.mjs", ...names);

  beforeAll(async () => {
    checkout = new Checkout(folders());
    // Bundles of its own: those of the repository hold no such folder.
    unlinkSync(join(checkout.folder, ".cache/functions"));
    mkdirSync(join(checkout.folder, ".cache/functions"));
    const file = join(checkout.folder, "environments/dev.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("functions/processing", "functions/watermark"));
  });

  it("is missed by the bundle and by synth until it is there, in one sentence", async () => {
    const sentence =
      "expected a folder with an index.ts, but there is no functions/watermark. Make it with npm run processing:new -- watermark, or name a folder that is there.\n";
    const { code, stderr } = await bundle();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^bundle: environments\/dev\.yaml:\d+:\d+ processing\.code\.folder: /),
    ]);
    expect(stderr).toContain(sentence);
    const synthesized = await synth("dev");
    expect([synthesized.code, synthesized.stderr]).toEqual([
      1,
      `environments/dev.yaml: processing.code.folder: ${sentence}`,
    ]);
  });

  it(
    "is bundled beside the default, and deployed by dev alone",
    async () => {
      expect((await checkout.run("local/processing/new.ts", "watermark")).code).toBe(0);
      const built = await bundle();
      expect([built.code, built.stderr]).toEqual([0, ""]);
      expect(built.stdout.match(/^bundle \w+ \w+(?=: \d)/gm)).toEqual([
        "bundle processing arm64",
        "bundle processing host",
        "bundle watermark arm64",
        "bundle watermark host",
      ]);
      expect((await synth("dev", "prod")).code).toBe(0);
      const deployed = (name: string) => {
        const stack = join(checkout.folder, `cdktf.out/stacks/${name}-compute/cdk.tf.json`);
        const { source_code_hash, environment } = JSON.parse(readFileSync(stack, "utf8")).resource.aws_lambda_function
          .stream;
        return { hash: source_code_hash, version: environment.variables.PROCESSING_VERSION };
      };
      const described = (folder: string) =>
        JSON.parse(readFileSync(join(checkout.folder, `.cache/functions/${folder}-arm64/bundle.json`), "utf8")).sha256;
      expect([deployed("dev").hash, deployed("prod").hash]).toEqual([described("watermark"), described("processing")]);
      expect(deployed("dev").hash).not.toBe(deployed("prod").hash);
      expect(deployed("dev").version).not.toBe(deployed("prod").version);
      expect((await bundle()).stdout).toBe(
        ["processing arm64", "processing host", "watermark arm64", "watermark host"]
          .map((target) => `bundle ${target}: up to date\n`)
          .join(""),
      );
    },
    4 * minute,
  );
});
