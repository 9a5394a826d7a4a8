import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryFolder } from "../../environments/repository";
import { compiledGitops } from "../support/pull-request/compiled-cli";

const root = repositoryFolder();
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
const start = compiledGitops();

/** Names in `gitops/cli.ts`; `doctor` has a starter that looks for packages first. */
const commands = [
  ...Object.values(scripts).flatMap((line) => /^tsx gitops\/cli\.ts (\S+)$/.exec(line)?.[1] ?? []),
  "doctor",
];
const help = async (...command: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, command, { cwd: root })).stdout;

it("knows the commands of gitops", () => {
  expect(commands).toEqual(expect.arrayContaining(["plan", "apply", "comment", "drift", "reconcile", "unlock"]));
});

it.each(commands)("npm run %s tells its exit codes, and has --json", async (command) => {
  const text = await help(await start, command, "--help");
  expect(text).toContain("Exit codes: ");
  expect(text).toMatch(/^ +--json /m);
});

it.each([
  ["gitops/settings-diff/cli.ts"],
  ["environments/cli.ts check"],
  ["environments/cli.ts schema"],
  ["gitops/access/cli.ts show"],
  ["gitops/access/cli.ts check"],
  ["local/expire.ts"],
])("%s does, too", async (line) => {
  const text = await help(join(root, "node_modules", "tsx", "dist", "cli.mjs"), ...line.split(" "), "--help");
  expect(text).toContain("Exit codes: ");
  expect(text).toMatch(/^ +--json /m);
});
