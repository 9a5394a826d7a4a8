import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkCode } from "../../../functions/bundle/check-code";
import { compileCode, compileFunctions } from "../../../functions/bundle/compile";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { Checkout } from "../../support/checkout";

const folders = temporaryFolders();
let checkout: Checkout;

const make = (...args: string[]) => checkout.run("local/processing/new.ts", ...args);

/** Runs a tool of the repository in the checkout. */
const tool = (path: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(checkout.folder, "node_modules", path), ...args], {
    cwd: checkout.folder,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, output: `${stdout}${stderr}` }),
    ({ code, stdout, stderr }) => ({ code, output: `${stdout}${stderr}` }),
  );

beforeAll(() => {
  checkout = new Checkout(folders());
  // The linter asks git which files it may look at.
  mkdirSync(join(checkout.folder, ".git"));
});

describe("npm run processing:new", () => {
  it("makes a folder and its test, and says what comes next", async () => {
    const { code, stdout, stderr } = await make("watermark");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`Made functions/watermark/index.ts
Made functions/watermark/placeholder.ts
Made functions/watermark/README.md
Made __tests__/functions/watermark/index.test.ts

Next:
  npm run processing:watch -- <folder of images> --code functions/watermark
      shows what it makes of your images, again at each save
  npx jest __tests__/functions/watermark
      its tests; they pass now
  environments/dev.yaml
      processing.code.folder: functions/watermark lets dev run it, once that is merged; npm run bundle builds it
`);
  });

  it("makes code that satisfies the compiler, the linter and its own test", async () => {
    const made = ["functions/watermark", "__tests__/functions/watermark"];
    const settings = JSON.parse(readFileSync(join(checkout.folder, "tsconfig.json"), "utf8"));
    const include = made.map((folder) => `${folder}/*.ts`);
    writeFileSync(join(checkout.folder, "tsconfig.made.json"), JSON.stringify({ ...settings, include }));
    const [types, lint, tests] = await Promise.all([
      tool("typescript/bin/tsc", "-p", "tsconfig.made.json"),
      tool("@biomejs/biome/bin/biome", "check", ...made),
      tool("jest/bin/jest.js", "__tests__/functions/watermark"),
    ]);
    expect(types).toEqual({ code: 0, output: "" });
    expect(lint).toEqual({ code: 0, output: expect.stringContaining("No fixes applied") });
    expect(tests).toEqual({ code: 0, output: expect.stringContaining("3 passed, 3 total") });
  });

  it("makes code that can be bundled and keeps to the contract", async () => {
    const { files } = await compileCode(checkout.folder, "watermark");
    await checkCode(checkout.folder, "functions/watermark/index.ts", files["code.js"] ?? new Uint8Array());
    const functions = await compileFunctions(checkout.folder, "watermark");
    expect(Buffer.from(functions.files["stream.js"] ?? "").toString()).toContain("placeholder");
  });

  it.each(["Watermark", "../evil", "common"])("refuses the name %p", async (name) => {
    const { code, stdout, stderr } = await make(name);
    expect([code, stdout, stderr]).toEqual([
      1,
      "",
      `processing:new: Expected a name of a lower-case letter and at most 31 lower-case letters, digits or '-', other than the folders of Darkroom itself, but got ${JSON.stringify(name)}. For example: watermark.\n`,
    ]);
  });

  it("leaves a folder that is there as it is", async () => {
    const index = join(checkout.folder, "functions/watermark/index.ts");
    writeFileSync(index, "// mine\n");
    const { code, stderr } = await make("watermark");
    expect([code, stderr]).toEqual([
      1,
      "processing:new: functions/watermark is there already, and nothing was changed. Choose another name, or remove it first.\n",
    ]);
    expect(readFileSync(index, "utf8")).toBe("// mine\n");
    rmSync(join(checkout.folder, "functions/watermark"), { recursive: true });
    expect((await make("watermark")).stderr).toBe(
      "processing:new: __tests__/functions/watermark is there already, and nothing was changed. Choose another name, or remove it first.\n",
    );
    expect(existsSync(join(checkout.folder, "functions/watermark"))).toBe(false);
  });

  it("tells scripts what it made", async () => {
    const { stdout } = await make("blur", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      folder: "functions/blur",
      written: expect.arrayContaining(["functions/blur/index.ts"]),
    });
  });
});
