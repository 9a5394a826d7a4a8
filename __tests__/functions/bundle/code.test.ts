import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkCode } from "../../../functions/bundle/check-code";
import { codeFolders } from "../../../functions/bundle/code-folders";
import { compileCode, compileFunctions } from "../../../functions/bundle/compile";
import { processingHash } from "../../../functions/bundle/inputs";
import { repository } from "../../../functions/bundle/paths";
import { temporaryFolders } from "../../fixtures/temporary-folder";

const folders = temporaryFolders();

/** The inputs of a bundle, and files beside them. */
function clone(files: Readonly<Record<string, string>> = {}): string {
  const root = folders();
  for (const input of ["functions", "environments/settings", "package-lock.json"]) {
    mkdirSync(dirname(join(root, input)), { recursive: true });
    cpSync(join(repository, input), join(root, input), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const index = "functions/other/index.ts";
const good = "export const contractVersion = 1;\nexport const process = async () => 'marker-of-other';\n";

/** What `npm run bundle` would say of code. */
async function verdict(text: string): Promise<string> {
  const root = clone({ [index]: text });
  const { files } = await compileCode(root, "other");
  return checkCode(root, index, files["code.js"] ?? new Uint8Array()).then(
    () => "good",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe("code of a folder", () => {
  it("is good when it exports the version and the function of the contract", async () => {
    expect(await verdict(good)).toBe("good");
    expect(await verdict(`console.log("loading");\n${good}`)).toBe("good");
  });

  it("that exports neither is told what both have to be", async () => {
    expect(await verdict("export const Process = 1;\n")).toBe(
      "BundleError: functions/other/index.ts: contractVersion: expected 1, but got none. Export contractVersion = 1, and keep to functions/contract/process.ts.\n" +
        'functions/other/index.ts: process: expected a function, but got none. Export a function "process" of the type Process of functions/contract/process.ts.',
    );
  });

  it("of another version, or whose process is no function, is told what came", async () => {
    expect(await verdict('export const contractVersion = "2";\nexport const process = {};\n')).toBe(
      'BundleError: functions/other/index.ts: contractVersion: expected 1, but got "2". Export contractVersion = 1, and keep to functions/contract/process.ts.\n' +
        'functions/other/index.ts: process: expected a function, but got object. Export a function "process" of the type Process of functions/contract/process.ts.',
    );
  });

  it("that fails while it loads is told the error without a stack trace", async () => {
    expect(await verdict(`${good}throw new TypeError("no model");\n`)).toBe(
      "BundleError: functions/other/index.ts: expected code that loads, but TypeError: no model. Whatever runs outside of functions runs at once.",
    );
    expect(await verdict(`${good}process;\nglobalThis.process.exit(3);\n`)).toBe(
      "BundleError: functions/other/index.ts: expected code that loads, but it ended with exit code 3. Whatever runs outside of functions runs at once.",
    );
  });

  it("takes the place of the default in both functions", async () => {
    const root = clone({ [index]: good });
    const [own, usual] = await Promise.all([compileFunctions(root, "other"), compileFunctions(root, "processing")]);
    for (const name of ["stream.js", "batch.js"]) {
      const text = (files: Readonly<Record<string, Uint8Array>>) => Buffer.from(files[name] ?? "").toString("utf8");
      expect([text(own.files), text(usual.files)].map((code) => code.includes("marker-of-other"))).toEqual([
        true,
        false,
      ]);
      expect([text(own.files), text(usual.files)].map((code) => code.includes("VipsForeignLoad"))).toEqual([
        false,
        true,
      ]);
    }
  });

  it("gives a version that changes with it and with what it imports, and with nothing else", async () => {
    const root = clone({
      [index]: `export { process } from "../processing";\nexport * from "./version";\n`,
      "functions/other/version.ts": "export const contractVersion = 1;\n",
    });
    const version = async () => processingHash(root, (await compileCode(root, "other")).inputs);
    const first = await version();
    expect(first).toMatch(/^[0-9a-f]{12}$/);
    writeFileSync(join(root, "functions/other/README.md"), "About it.\n");
    writeFileSync(join(root, "functions/batch/more.ts"), "export const more = 1;\n");
    expect(await version()).toBe(first);
    writeFileSync(join(root, "functions/other/version.ts"), "export const contractVersion = 1; // same\n");
    const second = await version();
    expect(second).not.toBe(first);
    writeFileSync(join(root, "functions/processing/sniff.ts"), "// changed\n", { flag: "a" });
    expect(await version()).not.toBe(second);
  });
});

describe("folders to bundle", () => {
  const naming = (folder: string) => `processing:\n  code:\n    folder: ${folder}\n`;

  it("are the default and those that environments name, each once", () => {
    const root = clone({
      "environments/dev.yaml": naming("functions/other"),
      "environments/prod.yaml": naming("functions/processing"),
      "environments/staging.yaml": naming('"functions/other"'),
      "environments/test.yaml": "processing:\n  code:\n    image: somewhere\n",
      [index]: good,
    });
    expect(codeFolders(root)).toEqual(["processing", "other"]);
    rmSync(join(root, "environments"), { recursive: true });
    expect(codeFolders(root)).toEqual(["processing"]);
  });

  it("that are not there, or are empty, are told by file, line and setting, all at once", () => {
    const root = clone({
      "environments/dev.yaml": naming("functions/other"),
      "environments/prod.yaml": naming("functions/absent"),
      "functions/other/README.md": "",
    });
    expect(() => codeFolders(root)).toThrow(
      new Error(
        "environments/dev.yaml:3:13 processing.code.folder: expected a folder with an index.ts, but functions/other has none. Add functions/other/index.ts, which exports contractVersion and process.\n" +
          "environments/prod.yaml:3:13 processing.code.folder: expected a folder with an index.ts, but there is no functions/absent. Make it with npm run processing:new -- absent, or name a folder that is there.",
      ),
    );
  });
});
