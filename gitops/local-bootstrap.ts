import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "./options";
import { readConfiguration } from "./terraform/configuration";
import { initWorkspace } from "./terraform/init-workspace";
import type { Stack } from "./terraform/manifest";
import { bucketExists, parseState, removeOwnLock, type State } from "./terraform/state";
import { runIn, type Workspace } from "./terraform/workspace";
import { UserError } from "./user-error";

/**
 * The bootstrap stack creates the bucket its own state belongs in. Until that is there, it is applied from a copy of
 * its folder whose backend is overridden by a local one. The local state file alone carries over from an interrupted
 * run to the next; everything else is made anew each time.
 */
export interface LocalBootstrap {
  readonly workspace: Workspace;
  readonly stateFile: string;
  readonly state: State | undefined;
}

const folderOf = ({ workFolder }: Pick<Context, "workFolder">, stack: Stack): string =>
  join(workFolder, stack.name, "bootstrap");

/** Where the local state of a bootstrap stack lies. */
export const localStateFile = (context: Pick<Context, "workFolder">, stack: Stack): string =>
  join(context.workFolder, stack.name, "bootstrap.tfstate");

const overrideName = "backend_override.tf.json";

/** Copies the stack's folder and overrides the backend. A state bucket that exists already is taken over. */
export async function prepareLocalBootstrap(context: Context, stack: Stack): Promise<LocalBootstrap> {
  const { env, workFolder } = context;
  const root = folderOf(context, stack);
  const folder = join(root, "configuration");
  const stateFile = localStateFile(context, stack);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  cpSync(stack.folder, folder, { recursive: true });
  writeFileSync(join(folder, overrideName), JSON.stringify({ terraform: { backend: { local: { path: stateFile } } } }));
  const state = readLocalState(stateFile);
  const { backend, stateBucketAddress: address } = readConfiguration(stack.folder);
  if (backend && address && !holds(state, address) && (await bucketExists(env, backend))) {
    // Made by a run that ended before it could write its state down, or by hand.
    writeFileSync(join(folder, "adopt.tf.json"), JSON.stringify({ import: [{ to: address, id: backend.bucket }] }));
  }
  const workspace = {
    stack: stack.name,
    folder,
    dataFolder: join(root, ".terraform"),
    lockFile: join(workFolder, stack.name, ".terraform.lock.hcl"),
  };
  return { workspace, stateFile, state };
}

/**
 * Moves the local state into the state bucket, and removes the local copy once it is seen there.
 * @throws UserError when Terraform can't move it, or another state has appeared in its place.
 */
export async function migrateBootstrap(context: Context, stack: Stack): Promise<void> {
  const { env, terraform, signal, progress } = context;
  const { backend } = readConfiguration(stack.folder);
  if (!backend) throw new UserError(`${stack.name}: expected an S3 backend, but there is none.`);
  const { workspace } = await prepareLocalBootstrap(context, stack);
  progress({ stack: stack.name, step: "migrate", message: "moving the state into its bucket" });
  await initWorkspace(terraform, workspace, { signal });
  for (const name of [overrideName, "adopt.tf.json"]) rmSync(join(workspace.folder, name), { force: true });
  await removeOwnLock(env, backend);
  const args = ["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"];
  await runIn(terraform, workspace, args, { signal });
  await forgetMigrated(context, stack);
}

/**
 * Removes what is left of a bootstrap whose state has arrived in the bucket.
 * @throws UserError when the state in the bucket is not the one of the local file.
 */
export async function forgetMigrated(context: Context, stack: Stack): Promise<void> {
  const stateFile = localStateFile(context, stack);
  const local = readLocalState(stateFile);
  const { backend } = readConfiguration(stack.folder);
  if (local && local.resources.length > 0 && backend) {
    const lookup = await context.readState(backend);
    const where = `s3://${backend.bucket}/${backend.key}`;
    // Not by lineage: Terraform gives a state that is moved to an empty place a new one.
    const arrived = lookup.kind === "state" ? instancesOf(lookup.state) : [];
    if (!instancesOf(local).every((instance) => arrived.includes(instance))) {
      throw new UserError(
        `${stack.name}: the state in ${where} is not the one of ${stateFile}; compare the two, and remove the one that is wrong.`,
      );
    }
  }
  for (const path of [stateFile, `${stateFile}.backup`]) rmSync(path, { force: true });
  rmSync(folderOf(context, stack), { recursive: true, force: true });
}

/** The local state of a bootstrap stack, if it is still there. */
export function readLocalState(file: string): State | undefined {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text.trim() === "" ? undefined : parseState(text, file);
}

/** Every resource of a state with the id it has in AWS. */
const instancesOf = ({ resources }: State): string[] =>
  resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ index_key, attributes }) =>
        JSON.stringify([type, name, index_key ?? null, attributes.id ?? null]),
      ),
    );

function holds(state: State | undefined, address: string): boolean {
  return (state?.resources ?? []).some(({ mode, type, name }) => mode === "managed" && `${type}.${name}` === address);
}
