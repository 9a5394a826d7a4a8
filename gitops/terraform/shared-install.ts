import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { packageFolders } from "./package-folders";
import { providerAddress } from "./provider-mirror";
import type { Terraform } from "./run";
import type { Workspace } from "./workspace";

/** What Terraform has installed in a workspace. */
interface Install {
  /** Platform folders of the providers, in the workspace: `providers/<host>/<namespace>/<type>/<version>/<platform>`. */
  readonly packages: readonly { readonly path: string; readonly target: string }[];
  readonly lock: Buffer;
}

/** What the first workspace of this process was given, by what was asked for. */
const installs = new Map<string, Promise<Install | undefined>>();

/**
 * Terraform's init hashes the provider's 700 MB anew for every stack, a second of processor time each. Within one process once is enough:
 * the first workspace is initialized in full, the others get links to the same, already held against the lock file, and the same lock file.
 * Terraform holds the provider against the lock file again whenever it starts it.
 * @param key - what is asked for: equal keys, equal providers
 * @param install - `terraform init` in full
 * @returns whether the providers are there now without `install`; the backend is still to be initialized, by {@link withoutInstall}
 */
export async function shareInstall(workspace: Workspace, key: string, install: () => Promise<void>): Promise<boolean> {
  const before = installs.get(key);
  if (before === undefined) {
    const installing = install().then(() => installOf(workspace));
    installs.set(
      key,
      installing.catch(() => {
        installs.delete(key);
        return undefined;
      }),
    );
    await installing;
    return false;
  }
  const found = await before;
  if (found !== undefined && give(found, workspace)) return true;
  await install();
  return false;
}

/** Terraform, told that somebody else runs the AWS provider: its init then neither installs nor hashes it. */
export function withoutInstall(terraform: Terraform): Terraform {
  // Only asked for by commands that need the provider; init is none.
  const nobody = {
    Protocol: "grpc",
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true,
    Addr: { Network: "unix", String: "/nonexistent" },
  };
  const TF_REATTACH_PROVIDERS = JSON.stringify({ [providerAddress(terraform.binary)]: nobody });
  return { ...terraform, env: { ...terraform.env, TF_REATTACH_PROVIDERS } };
}

const inPlace = ({ folder }: Workspace): string => join(folder, ".terraform.lock.hcl");

function installOf(workspace: Workspace): Install | undefined {
  if (!existsSync(inPlace(workspace))) return undefined;
  const root = join(workspace.dataFolder, "providers");
  const packages = packageFolders(workspace.dataFolder)
    .filter(existsSync)
    .map((path) => ({
      path: relative(root, path),
      target: realpathSync(path),
    }));
  return packages.length === 0 ? undefined : { packages, lock: readFileSync(inPlace(workspace)) };
}

/** @returns false when it may not be shared: another lock file is kept for the workspace, or a provider is gone. */
function give({ packages, lock }: Install, workspace: Workspace): boolean {
  const kept = existsSync(inPlace(workspace)) ? readFileSync(inPlace(workspace)) : lock;
  if (!kept.equals(lock) || packages.some(({ target }) => !existsSync(target))) return false;
  const root = join(workspace.dataFolder, "providers");
  rmSync(root, { recursive: true, force: true });
  for (const { path, target } of packages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path), "junction");
  }
  if (!existsSync(inPlace(workspace))) writeFileSync(inPlace(workspace), lock);
  return true;
}
