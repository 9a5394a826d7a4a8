import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runTerraform, type Terraform } from "./run";

/** A folder in which Terraform works on one stack. */
export interface Workspace {
  readonly stack: string;
  /** Folder with the configuration, Terraform's working directory. */
  readonly folder: string;
  /** `TF_DATA_DIR`. */
  readonly dataFolder: string;
  /** Where the provider lock file is kept between runs; Terraform itself wants it beside the configuration. */
  readonly lockFile: string;
}

/** Where the provider lock file of a stack is kept. */
export const lockFileOf = (workFolder: string, stack: string): string => join(workFolder, stack, ".terraform.lock.hcl");

/** The workspace of a synthesized stack. */
export const workspaceOf = (
  stack: { readonly name: string; readonly folder: string },
  workFolder: string,
): Workspace => ({
  stack: stack.name,
  folder: stack.folder,
  dataFolder: join(workFolder, stack.name, ".terraform"),
  lockFile: lockFileOf(workFolder, stack.name),
});

/** Runs one command in a workspace. */
export function runIn(
  terraform: Terraform,
  { stack, folder, dataFolder }: Workspace,
  args: readonly string[],
  options: {
    readonly goodCodes?: readonly number[];
    readonly onLine?: (line: string) => void;
    readonly signal?: AbortSignal | undefined;
  } = {},
) {
  return runTerraform(terraform, { args, folder, dataFolder, stack, ...options });
}

/** Sha-256, in hex, of the provider lock file of a workspace; nothing when it has none. */
export function lockHash({ lockFile }: Workspace): string | undefined {
  return existsSync(lockFile) ? createHash("sha256").update(readFileSync(lockFile)).digest("hex") : undefined;
}
