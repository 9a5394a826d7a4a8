// `npm run doctor`: starts the command, or says what is missing when it can't be started. Plain Node, for it also has to run
// before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { missingPrerequisites } from "../../local/setup/prerequisites.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const missing = await missingPrerequisites();
const oldNode = missing.some((line) => line.startsWith("Node.js"));
const installed = existsSync(join(root, "node_modules", "tsx")) && existsSync(join(root, "node_modules", "commander"));
if (oldNode || !installed) {
  const faults = [...missing, ...(installed ? [] : ["Packages are not installed: npm ci"])];
  if (process.argv.includes("--json")) {
    const findings = faults.map((line) => ({ status: "fault", check: "tools", text: line }));
    console.log(JSON.stringify({ findings, exitCode: 1 }));
  } else for (const line of faults) console.log(`fault        ${line}`);
  process.exitCode = 1;
} else {
  const cli = join(root, "gitops", "cli.ts");
  const command = ["--import", "tsx", cli, "doctor", ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, command, { stdio: "inherit" }).status ?? 1;
}
