import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildBeside, inputHash, isBuilt } from "./folders.mjs";
import { run } from "./run.mjs";

/** The package holds Chromium, the libraries it needs and a font, packed; it unpacks into the folder for temporary files. */
const unpack = `
const { default: chromium, inflate } = await import(process.argv[1]);
await chromium.executablePath();
await inflate(process.argv[2]);
`;

/** Where the package would look for fonts is a folder of AWS Lambda. */
const fontsConf = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir></fontconfig>
`;

/** Chromium for the tests of pages: `.cache/chromium`, from the npm package, which has it for Linux on x86-64 alone. */
export const chromium = (root) => {
  const folder = join(root, ".cache/chromium");
  const source = join(root, "node_modules/@sparticuz/chromium");
  const hash = () => inputHash(JSON.parse(readFileSync(join(source, "package.json"), "utf8")).version, folder);
  const isOffered = process.platform === "linux" && process.arch === "x64";
  return {
    title: "Chromium",
    current: () => !isOffered || (existsSync(source) && isBuilt(folder, hash())),
    build: () =>
      buildBeside(folder, hash(), async (fresh) => {
        const index = pathToFileURL(join(source, "build/index.js")).href;
        const args = ["--input-type=module", "--eval", unpack, index, join(source, "bin/al2023.tar.br")];
        await run(process.execPath, args, { env: { ...process.env, TMPDIR: fresh } });
        writeFileSync(join(fresh, "fonts/fonts.conf"), fontsConf(folder));
      }),
  };
};
