import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { inputHash, isBuilt, markBuilt } from "./folders.mjs";
import { run } from "./run.mjs";

/** Runs npm in the repository. */
export const npm = (root, args) => {
  // Under `npm start` npm says where it lies, which also works where there is no npm on the PATH.
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? run(process.execPath, [cli, ...args], { cwd: root }) : run("npm", args, { cwd: root });
};

const packagesIn = (lockFile) => JSON.parse(readFileSync(lockFile, "utf8")).packages;

/**
 * Whether what npm wrote down as installed agrees with the lock file. npm writes it last, so that an interrupted
 * installation does not agree; packages for other platforms are not installed.
 */
const isInstalled = (root) => {
  const written = join(root, "node_modules/.package-lock.json");
  if (!existsSync(written)) return false;
  const installed = packagesIn(written);
  return Object.entries(packagesIn(join(root, "package-lock.json"))).every(
    ([path, wanted]) =>
      path === "" ||
      (installed[path] === undefined ? wanted.optional === true : installed[path].version === wanted.version),
  );
};

/** The npm packages, exactly as in package-lock.json. */
export const npmPackages = (root) => ({
  title: "npm packages",
  current: () => isInstalled(root),
  build: () => npm(root, ["ci", "--no-progress"]),
});

/** What the bundles are made from (inputFolders in functions/bundle/inputs.ts, apps/bundle), and the files that name folders of code. */
const bundleInputs = (root) => {
  const files = ["apps", "functions", "environments/settings"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => !name.split(sep).includes("node_modules"))
      .map((name) => join(root, folder, name))
      .filter((file) => statSync(file).isFile()),
  );
  const environments = readdirSync(join(root, "environments")).filter((name) => name.endsWith(".yaml"));
  return [
    ...files.sort(),
    ...environments.sort().map((name) => join(root, "environments", name)),
    join(root, "package-lock.json"),
  ];
};

/** Bundles, by folder and architecture: one that is described (functions/bundle/paths.ts) has its zip beside it. */
const bundlesAreWhole = (folder) => {
  const bundles = readdirSync(folder).filter((name) => /-(arm64|host)$/.test(name));
  return bundles.length > 1 && bundles.every((name) => existsSync(join(folder, name, "image-functions.zip")));
};

/** The functions' bundles, `.cache/functions`. Asks first whether anything changed, since starting the bundler takes longer. */
export const functionBundles = (root) => {
  const folder = join(root, ".cache/functions");
  const hash = () => inputHash(bundleInputs(root).map((file) => [file, readFileSync(file, "base64")]));
  return {
    title: "Function bundles",
    current: () => isBuilt(folder, hash()) && bundlesAreWhole(folder),
    build: async () => {
      const before = hash();
      await npm(root, ["run", "--silent", "bundle"]);
      markBuilt(folder, before);
    },
  };
};
