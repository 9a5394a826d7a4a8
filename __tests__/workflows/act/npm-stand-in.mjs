#!/usr/bin/env node
// Stands before npm in the PATH of a job: notes each call, answers those that the test has an answer for, and passes on the rest.
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const args = process.argv.slice(2);
const {
  STAND_IN_FOLDER: folder,
  STAND_IN_ROOT: root,
  STAND_IN_ORIGIN: origin,
  STAND_IN_NPM: npm,
  GITHUB_JOB: job,
  STAND_IN_ROLE: role,
} = process.env;
const line = args.filter((part) => !["run", "--silent", "--"].includes(part)).join(" ");
const token = process.env.GITHUB_TOKEN !== undefined;
appendFileSync(join(folder, "calls"), `${JSON.stringify({ job, line, role: role ?? null, token })}\n`);

const answers = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8"));
const answer = answers.find(({ line: wanted }) => line === wanted || line.startsWith(`${wanted} `));
if (answer !== undefined) {
  for (const [file, text] of Object.entries(answer.writes ?? {})) writeFileSync(file, text);
  process.stdout.write(answer.says ?? "");
  process.exit(answer.code ?? 0);
}
if (args[0] === "ci") {
  // What npm ci would install is there already.
  symlinkSync(join(root, "node_modules"), "node_modules");
  mkdirSync(".cache", { recursive: true });
  for (const bundles of ["functions", "apps"].map((name) => join(".cache", name))) {
    if (existsSync(join(root, bundles))) cpSync(join(root, bundles), bundles, { recursive: true });
  }
  for (const name of ["gitops-cli.cjs", "gitops-cli.cjs.v8"]) {
    symlinkSync(join(origin, ".cache", name), join(".cache", name));
  }
  process.exit(0);
}
// What npm itself starts has the real one.
const PATH = process.env.PATH.split(delimiter)
  .filter((part) => part !== join(folder, "bin"))
  .join(delimiter);
process.exit(spawnSync(npm, args, { stdio: "inherit", env: { ...process.env, PATH } }).status ?? 1);
