import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { environmentsFolder } from "../../environments/environment-files";
import { repositoryFolder } from "../../environments/repository";
import { synthesize } from "../synthesize";
import { requireEnvironment } from "../target";
import { readAllStacks, readStacks } from "../terraform/manifest";
import { judge } from "./judge";
import { policyText } from "./policy-text";
import { readReport } from "./report";
import { runCheckov } from "./run-checkov";
import { readSkips, skipsFile } from "./skips";
import { copyStacks } from "./stack-copies";

interface Flags {
  readonly json?: boolean;
  readonly synthesized?: string;
}

/** `npm run policy`: do the synthesized stacks keep to the rules of checkov? */
export function policyCommand(): Command {
  return new Command("policy")
    .description(`Holds the synthesized stacks against checkov's rules for AWS. What is meant stands in ${skipsFile}.`)
    .argument("[environments...]", "names of files in environments/; all when left out")
    .option("--synthesized <folder>", "take stacks that are synthesized already, instead of synthesizing them first")
    .option("--json", "write one JSON object to standard output: stacks, passed, offences, skipped, unused, exitCode")
    .addHelpText(
      "after",
      "\nA skip that fits nothing any more is a fault, too, where all environments are looked at.\nExit codes: 0 every rule is kept or skipped for a reason, 1 one is not, or something could not be checked.",
    )
    .action(async (names: readonly string[], flags: Flags) => {
      const report = await policy(names, flags);
      const { passed, judgement, exitCode } = report;
      const whole = { stacks: report.stacks, passed, ...judgement, exitCode };
      process.stdout.write(`${flags.json ? JSON.stringify(whole) : policyText(passed, judgement)}\n`);
      process.exitCode = exitCode;
    });
}

async function policy(names: readonly string[], { synthesized }: Flags) {
  const root = repositoryFolder();
  for (const name of names) requireEnvironment(name, environmentsFolder());
  const skips = readSkips(root);
  const out = synthesized === undefined ? synthesize(root, names, "The stacks") : resolve(synthesized);
  const stacks = names.length === 0 ? readAllStacks(out) : names.flatMap((name) => readStacks(out, name));
  const there = new Set(stacks.map(({ environment }) => environment));
  const work = mkdtempSync(join(tmpdir(), "darkroom-policy-"));
  try {
    const copies = copyStacks(stacks, join(work, "stacks"));
    const { passed, findings } = readReport(await runCheckov(root, work), copies);
    const files = readdirSync(environmentsFolder()).filter((file) => file.endsWith(".yaml"));
    const whole = files.every((file) => there.has(file.slice(0, -".yaml".length)));
    const judgement = judge(findings, skips, whole, new Date().toISOString().slice(0, 10));
    const exitCode = judgement.offences.length + judgement.unused.length > 0 ? 1 : 0;
    return { stacks: copies.map(({ stack }) => stack), passed, judgement, exitCode };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
