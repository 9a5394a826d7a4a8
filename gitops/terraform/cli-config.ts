import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformBinary } from "./binary";
import type { Surroundings } from "./mirror-places";
import { providerAddress } from "./provider-mirror";

/** A CLI configuration of the user's that says where providers come from. */
export interface UserConfig {
  readonly file: string;
  /** Terraform reads it by itself, because it lies in the configuration folder. */
  readonly implied: boolean;
  /** It sets `plugin_cache_dir`, which does not bear inits side by side (hashicorp/terraform#31964). */
  readonly pluginCache: boolean;
}

/**
 * The user's CLI configuration, when it names a source of providers (a `provider_installation` block): the file of
 * `TF_CLI_CONFIG_FILE` if there is such a file, else the one in the home folder, else one in `~/.terraform.d`.
 */
export function userConfigWithSource(
  binary: Pick<TerraformBinary, "platform" | "product">,
  { env, home }: Surroundings,
): UserConfig | undefined {
  const named = env.TF_CLI_CONFIG_FILE || env.TERRAFORM_CONFIG;
  if (named && existsSync(named)) return namesSource(named, false);
  const windows = binary.platform.startsWith("windows_");
  const appData = env.APPDATA ?? join(home, "AppData", "Roaming");
  const names = binary.product === "tofu" ? ["tofu", "terraform"] : ["terraform"];
  const files = names.map((name) => (windows ? join(appData, `${name}.rc`) : join(home, `.${name}rc`)));
  // As Terraform does: the first of them that is there counts.
  const file = files.find((candidate) => existsSync(candidate));
  const found = file === undefined ? undefined : namesSource(file, false);
  if (found) return found;
  const folder = windows ? join(appData, "terraform.d") : join(home, ".terraform.d");
  const fragments = existsSync(folder) ? readdirSync(folder).filter((name) => /\.tfrc(\.json)?$/.test(name)) : [];
  for (const fragment of fragments.sort()) {
    const source = namesSource(join(folder, fragment), true);
    if (source) return source;
  }
  return undefined;
}

function namesSource(file: string, implied: boolean): UserConfig | undefined {
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*(#|\/\/).*$/gm, "");
  if (!/(^|[\s{,])"?provider_installation"?\s*[:={]/.test(text)) return undefined;
  return { file, implied, pluginCache: /(^|[\s{,])"?plugin_cache_dir"?\s*[:=]/.test(text) };
}

/**
 * Writes the CLI configuration that takes the AWS provider from a filesystem mirror, and returns its path. An unpacked
 * mirror is only linked to, so any number of inits may use it side by side.
 */
export function writeMirrorConfig(
  mirror: string,
  binary: Pick<TerraformBinary, "registryHost">,
  cacheFolder: string,
): string {
  const provider = JSON.stringify(providerAddress(binary));
  const text = `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = [${provider}]
  }
  direct {
    exclude = [${provider}]
  }
}
`;
  return writeOnce(text, cacheFolder);
}

/** Writes the CLI configuration that takes providers from their registry, and returns its path. */
export const writeDirectConfig = (cacheFolder: string): string =>
  writeOnce("disable_checkpoint = true\n\nprovider_installation {\n  direct {}\n}\n", cacheFolder);

function writeOnce(text: string, cacheFolder: string): string {
  mkdirSync(cacheFolder, { recursive: true });
  const name = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const file = join(cacheFolder, `terraform-${name}.tfrc`);
  if (!existsSync(file)) {
    // Renamed into place: another run may be reading it.
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}
