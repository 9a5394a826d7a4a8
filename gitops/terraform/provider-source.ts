import { join } from "node:path";
import { UserError } from "../user-error";
import type { TerraformBinary } from "./binary";
import { userConfigWithSource, writeMirrorConfig } from "./cli-config";
import { addOnFolders, impliedMirrors, realSurroundings, type Surroundings } from "./mirror-places";
import { type DownloadLimits, downloadProvider } from "./provider-download";
import {
  firstProviderIn,
  type MirroredProvider,
  providerAddress,
  providerIn,
  providerVersions,
} from "./provider-mirror";

/** Where Terraform takes the AWS provider from. */
export interface ProviderSource {
  readonly kind: "user-configuration" | "own-mirror" | "registry" | "found-mirror";
  /** One sentence for the user. */
  readonly description: string;
  /** For `TF_CLI_CONFIG_FILE`; nothing when Terraform reads the user's configuration by itself. */
  readonly cliConfigFile?: string;
  /** Whether several inits may run at once. */
  readonly parallelInit: boolean;
}

/** What {@link findProviderSource} may be told. */
export interface ProviderSourceOptions {
  readonly binary: TerraformBinary;
  /** Folder for the mirror, the generated configuration and the memory of the registry, usually `.cache`. */
  readonly cacheFolder: string;
  readonly surroundings?: Surroundings;
  readonly limits?: DownloadLimits;
  readonly onProgress?: (line: string) => void;
}

/**
 * Where the AWS provider comes from, in this order: a CLI configuration of the user's that names a source; a mirror
 * made earlier in the cache folder; the registry, which fills that mirror; a filesystem mirror that is already on this
 * computer, in Terraform's implied directories or in an add-on software directory.
 * @throws UserError when there is none.
 */
export async function findProviderSource(options: ProviderSourceOptions): Promise<ProviderSource> {
  const { binary, cacheFolder, surroundings = realSurroundings(), limits, onProgress } = options;
  const user = userConfigWithSource(binary, surroundings);
  if (user) {
    return {
      kind: "user-configuration",
      description: `Providers come from where ${user.file} says.`,
      ...(user.implied ? {} : { cliConfigFile: user.file }),
      parallelInit: !user.pluginCache,
    };
  }
  const fromMirror = (kind: ProviderSource["kind"], { mirror, version }: MirroredProvider): ProviderSource => ({
    kind,
    description: `AWS provider ${version} comes from ${mirror}.`,
    cliConfigFile: writeMirrorConfig(mirror, binary, cacheFolder),
    parallelInit: true,
  });

  const mirror = join(cacheFolder, "terraform-providers");
  const earlier = providerIn(mirror, binary);
  if (earlier) return fromMirror("own-mirror", earlier);

  const fetched = await downloadProvider(binary, {
    cacheFolder,
    mirror,
    env: surroundings.env,
    ...(limits && { limits }),
    ...(onProgress && { onProgress }),
  });
  if (fetched) return fromMirror("registry", fetched);

  const places = [...impliedMirrors(binary, surroundings), ...addOnFolders(surroundings)];
  const found = firstProviderIn(places, binary);
  if (found) return fromMirror("found-mirror", found);
  throw new UserError(
    `The AWS provider can't be had: ${binary.registryHost} can't be reached, and no folder on this computer (Terraform's implied mirror directories, /opt, /usr/local/share, /usr/share) holds ${providerAddress(binary)}/<version>/${binary.platform} with a version from ${providerVersions.from} to below ${providerVersions.below}; connect to the registry, or name a mirror in the provider_installation block of your Terraform CLI configuration.`,
  );
}
