import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildBeside, inputHash, isBuilt } from "./folders.mjs";
import { npm } from "./npm.mjs";
import { run } from "./run.mjs";

/**
 * pip makes the metadata of a source archive before it keeps the archive; nothing is compiled for that. These do it for
 * all packages: left to itself pip installs the newest ones anew for each, and they may not understand an old archive.
 */
const builders = ["setuptools==80.9.0", "wheel==0.45.1"];

const quiet = ["--quiet", "--disable-pip-version-check", "--no-deps"];

const labelOf = ({ name, version }) => `${name}-${version}`;

const requirementOf = ({ name, registry, version }) => `${name}${registry === "npm" ? "@" : "=="}${version}`;

/** Fetches the archives of Python packages, as they were published. */
const fetchFromPypi = async (python, corpora, work) => {
  if (corpora.length === 0) return;
  const modules = join(work, "modules");
  await run(python, ["-m", "pip", "install", ...quiet, "--no-compile", "--target", modules, ...builders]);
  const sources = ["--no-build-isolation", `--no-binary=${corpora.map(({ name }) => name).join(",")}`];
  const command = ["-m", "pip", "download", ...quiet, ...sources, "--dest", join(work, "archives")];
  await run(python, [...command, ...corpora.map(requirementOf)], { env: { ...process.env, PYTHONPATH: modules } });
};

const fetchFromNpm = async (root, corpora, work) => {
  if (corpora.length === 0) return;
  const options = ["--silent", "--pack-destination", join(work, "archives")];
  await npm(root, ["pack", ...options, ...corpora.map(requirementOf)]);
};

/** Fetched archives by their SHA-256: how a registry writes a package's name differs from package to package. */
const bySha256 = (folder) =>
  new Map(
    readdirSync(folder).map((name) => {
      const file = join(folder, name);
      return [createHash("sha256").update(readFileSync(file)).digest("hex"), file];
    }),
  );

/** Keeps the named folders of the archive; a published archive holds one folder with everything in it. */
const unpack = async (python, archive, { name, folders }, fresh) => {
  const work = join(fresh, ".work");
  await run(python, ["-m", "tarfile", "-e", archive, work]);
  const [top] = readdirSync(work);
  for (const folder of folders) {
    const from = join(work, top, folder);
    if (!existsSync(from)) throw new Error(`local/corpora.json: the archive of ${name} holds no folder ${folder}`);
    mkdirSync(dirname(join(fresh, folder)), { recursive: true });
    renameSync(from, join(fresh, folder));
  }
  rmSync(work, { recursive: true });
};

/** Public test images for the test of hostile files: `.cache/corpora/<name>-<version>/`, as listed in `local/corpora.json`. */
export const corpora = (root) => {
  const folder = join(root, ".cache/corpora");
  const python = join(root, ".cache/python/bin/python");
  const wanted = JSON.parse(readFileSync(join(root, "local/corpora.json"), "utf8"));
  const missing = () => wanted.filter((one) => !isBuilt(join(folder, labelOf(one)), inputHash(one)));
  const fetch = async (list, work) => {
    const from = (registry) => list.filter((one) => one.registry === registry);
    try {
      await fetchFromPypi(python, from("pypi"), work);
      await fetchFromNpm(root, from("npm"), work);
    } catch (error) {
      const help = "Without a network try again later; put another version into local/corpora.json if one is gone.";
      throw new Error(`could not fetch ${list.map(requirementOf).join(", ")}. ${help}\n${error.message}`);
    }
  };
  return {
    title: "Corpora",
    current: () => missing().length === 0,
    build: async () => {
      const list = missing();
      const work = join(folder, ".work");
      rmSync(work, { recursive: true, force: true });
      mkdirSync(join(work, "archives"), { recursive: true });
      await fetch(list, work);
      const archives = bySha256(join(work, "archives"));
      const changed = list.filter(({ sha256 }) => !archives.has(sha256));
      if (changed.length > 0) {
        const found = `fetched were ${[...archives.keys()].sort().join(", ")}`;
        throw new Error(
          changed.map((one) => `${requirementOf(one)}: expected SHA-256 ${one.sha256}, but ${found}`).join("\n"),
        );
      }
      for (const one of list)
        await buildBeside(join(folder, labelOf(one)), inputHash(one), (fresh) =>
          unpack(python, archives.get(one.sha256), one, fresh),
        );
      const labels = wanted.map(labelOf);
      for (const name of readdirSync(folder))
        if (!labels.includes(name)) rmSync(join(folder, name), { recursive: true });
    },
  };
};
