import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolders } from "../fixtures/temporary-folder";

const repository = resolve(__dirname, "../..");
const newFolder = temporaryFolders();

/** A stand-in for the package: it unpacks into the folder for temporary files, as the real one does. */
const index = `
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
const put = (path, text) => {
  mkdirSync(tmpdir() + "/" + path.split("/").slice(0, -1).join("/"), { recursive: true });
  writeFileSync(tmpdir() + "/" + path, text);
};
export default { executablePath: async () => { put("chromium", "browser"); put("fonts/fonts.conf", "its own"); } };
export const inflate = async (file) => put("al2023/lib/unpacked", file);
`;

function makeFolder() {
  const root = newFolder();
  for (const path of ["local/setup", "local/processes/watchdog.sh"]) {
    cpSync(join(repository, path), join(root, path), { recursive: true });
  }
  const source = join(root, "node_modules/@sparticuz/chromium");
  mkdirSync(join(source, "build"), { recursive: true });
  writeFileSync(join(source, "build/index.js"), index);
  const version = (text: string) =>
    writeFileSync(join(source, "package.json"), JSON.stringify({ type: "module", version: text }));
  version("1.0.0");
  return { root, source, version };
}

const script = `
for (const [name, value] of Object.entries({ platform: "linux", arch: process.env.ARCH ?? "x64" }))
  Object.defineProperty(process, name, { value });
const { chromium } = await import(process.env.ROOT + "/local/setup/chromium.mjs");
const step = chromium(process.env.ROOT);
if (step.current()) console.log("current");
else await step.build();
`;

function carryOut(root: string, env: Readonly<Record<string, string>> = {}): string {
  const options = { encoding: "utf8", env: { PATH: process.env.PATH ?? "", ROOT: root, ...env } } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], options);
  return stdout + stderr;
}

it("unpacks the package once, with a font that is found where it lies, and anew for another version", () => {
  const { root, source, version } = makeFolder();
  expect(carryOut(root)).toBe("");
  const folder = join(root, ".cache/chromium");
  const read = (path: string): string => readFileSync(join(folder, path), "utf8");
  expect(readdirSync(folder).sort()).toEqual([".inputs", "al2023", "chromium", "fonts"]);
  expect([read("chromium"), read("al2023/lib/unpacked")]).toEqual(["browser", join(source, "bin/al2023.tar.br")]);
  expect(read("fonts/fonts.conf")).toContain(`<dir>${join(folder, "fonts")}</dir>`);
  expect(carryOut(root)).toBe("current\n");
  version("1.0.1");
  expect(carryOut(root)).toBe("");
  expect(carryOut(root)).toBe("current\n");
});

it("does nothing on processors that the package has no browser for", () => {
  const { root } = makeFolder();
  expect(carryOut(root, { ARCH: "arm64" })).toBe("current\n");
});
