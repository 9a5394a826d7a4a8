import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { packageFolders } from "./package-folders";
import { type Terraform, TerraformError } from "./run";
import { shareInstall, withoutInstall } from "./shared-install";
import { runIn, type Workspace } from "./workspace";

// Inits that share a writable plugin cache must not overlap; with a linked mirror they may.
let lastInit: Promise<unknown> = Promise.resolve();

/**
 * Makes a workspace ready: provider lock file in place, backend and provider initialized. Does nothing when that was
 * done before with the same backend, provider requirements, Terraform and provider source.
 */
export async function initWorkspace(
  terraform: Terraform,
  workspace: Workspace,
  options: { readonly onLine?: (line: string) => void; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const { folder, dataFolder, lockFile } = workspace;
  mkdirSync(dataFolder, { recursive: true });
  const inPlace = join(folder, ".terraform.lock.hcl");
  if (existsSync(lockFile)) copyFileSync(lockFile, inPlace);
  else rmSync(inPlace, { force: true });
  const stampFile = join(dataFolder, "darkroom-init.sha256");
  const stamp = initStamp(terraform, folder);
  if (existsSync(inPlace) && read(stampFile) === stamp && providerIsThere(dataFolder)) return;
  rmSync(stampFile, { force: true });
  const args = ["init", "-input=false", "-no-color", "-reconfigure"];
  const init = async () => {
    try {
      await runIn(terraform, workspace, args, options);
    } catch (error) {
      // The locked version is not at the provider source of today: choose anew. A wrong checksum stays an error.
      const gone = error instanceof TerraformError && /init -upgrade|no available releases match/.test(error.output);
      if (!gone || error.interrupted || !existsSync(lockFile)) throw error;
      rmSync(inPlace, { force: true });
      await runIn(terraform, workspace, args, options);
    }
  };
  const inTurn = async () => {
    if (terraform.source.parallelInit) return init();
    const turn = lastInit.then(init, init);
    lastInit = turn;
    await turn;
  };
  if (await shareInstall(workspace, providersKey(terraform, folder), inTurn))
    await runIn(withoutInstall(terraform), workspace, args, options);
  if (existsSync(inPlace)) copyFileSync(inPlace, lockFile);
  writeFileSync(stampFile, stamp);
}

const requirements = z.looseObject({
  terraform: z.looseObject({ required_providers: z.unknown().optional() }).optional(),
});

const requirementsIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".tf.json"))
    .sort()
    .map((name) => requirements.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))).terraform ?? null);

function initStamp({ binary, source }: Terraform, folder: string): string {
  const facts = JSON.stringify([requirementsIn(folder), binary, source.cliConfigFile ?? null]);
  return createHash("sha256").update(facts).digest("hex");
}

/** What decides which providers an init installs. */
function providersKey({ binary, source }: Terraform, folder: string): string {
  const providers = requirementsIn(folder).map((part) => part?.required_providers ?? null);
  return JSON.stringify([providers.filter((part) => part !== null), binary, source.cliConfigFile ?? null]);
}

/** Whether every provider is still where the workspace's link points to. */
function providerIsThere(dataFolder: string): boolean {
  try {
    const packages = packageFolders(dataFolder);
    return packages.length > 0 && packages.every((path) => statSync(path).isDirectory());
  } catch {
    return false;
  }
}

const read = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, "utf8") : undefined);
