import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AppliedAccount } from "./account";

const run = promisify(execFile);

/** `cdktf`, installed for the bench alone. @returns the path of its program */
export async function installCdktf(root: string): Promise<string> {
  const folder = join(root, ".cache", "bench", "cdktf-cli");
  const program = join(folder, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
  const lock = (of: string): Promise<string> => readFile(join(of, "package-lock.json"), "utf8").catch(() => "");
  const ours = join(root, "bench", "cdktf-cli");
  if (existsSync(program) && (await lock(folder)) === (await lock(ours))) return program;
  await mkdir(folder, { recursive: true });
  for (const file of ["package.json", ".npmrc", "package-lock.json"]) await cp(join(ours, file), join(folder, file));
  await run("npm", ["ci", "--ignore-scripts"], { cwd: folder, maxBuffer: 2 ** 26 });
  return program;
}

export interface DiffProps {
  readonly program: string;
  /** Checkout of the merge, used by nothing else. */
  readonly folder: string;
  readonly account: AppliedAccount;
  /** Stack, environment. */
  readonly stacks: readonly (readonly [string, string])[];
  /** Where providers come from: for `TF_CLI_CONFIG_FILE`. */
  readonly cliConfigFile: string | undefined;
  /** Folder for what cdktf keeps in the home folder. */
  readonly home: string;
  /** One synth for all stacks instead of one for each. */
  readonly oneSynth?: boolean;
}

/** What became of `cdktf diff` of each stack, one after the other. */
export interface Diffs {
  readonly seconds: number;
  readonly stacks: Readonly<Record<string, string>>;
}

/**
 * With nothing left over from an earlier run but the provider. `--skip-provider-lock` spares it asking the registry for the
 * provider's checksums, which it would do for each stack.
 */
export async function diff(props: DiffProps): Promise<Diffs> {
  const { program, folder, account, stacks, cliConfigFile, home, oneSynth = false } = props;
  await rm(join(folder, "cdktf.out"), { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  const own = {
    HOME: home,
    CHECKPOINT_DISABLE: "1",
    CI: "true",
    ...(cliConfigFile !== undefined && { TF_CLI_CONFIG_FILE: cliConfigFile }),
  };
  const cdktf = (args: readonly string[], env: NodeJS.ProcessEnv) =>
    run(process.execPath, [program, ...args], { cwd: folder, env: { ...env, ...own }, maxBuffer: 2 ** 26 });
  const planned: [string, string][] = [];
  const started = performance.now();
  if (oneSynth) await cdktf(["synth"], process.env);
  for (const [stack, environment] of stacks) {
    const flags = ["--skip-provider-lock", "--no-color", ...(oneSynth ? ["--skip-synth"] : [])];
    const { stdout } = await cdktf(["diff", stack, ...flags], account.env(environment));
    planned.push([stack, countsIn(stdout, stack)]);
  }
  return { seconds: (performance.now() - started) / 1000, stacks: Object.fromEntries(planned) };
}

/** @throws Error when it says neither what changes nor that nothing does */
function countsIn(text: string, stack: string): string {
  const [, add, change, destroy] = /Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/.exec(text) ?? [];
  if (add !== undefined) return `+${add} ~${change} -${destroy}`;
  if (/No changes\.|without changing any real infrastructure/.test(text)) return "+0 ~0 -0";
  throw new Error(`cdktf diff ${stack} said no plan:\n${text.slice(-2000)}`);
}
