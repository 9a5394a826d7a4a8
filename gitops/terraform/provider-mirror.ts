import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { compareVersions, type TerraformBinary } from "./binary";

/** Versions of the AWS provider that the stacks are written for. */
export const providerVersions = { from: "5.100.0", below: "7.0.0" } as const;

/** A copy of the AWS provider in a filesystem mirror. */
export interface MirroredProvider {
  /** Root of the mirror, the folder that holds `registry.terraform.io`. */
  readonly mirror: string;
  readonly version: string;
}

type Wanted = Pick<TerraformBinary, "registryHost" | "platform">;

/** `registry.terraform.io/hashicorp/aws`: the provider's full address, and its path within a mirror. */
export const providerAddress = ({ registryHost }: Pick<TerraformBinary, "registryHost">): string =>
  `${registryHost}/hashicorp/aws`;

/**
 * The newest suitable AWS provider in a mirror, in either layout Terraform knows: unpacked
 * (`<version>/<platform>/terraform-provider-aws…`) or packed (`terraform-provider-aws_<version>_<platform>.zip`).
 */
export function providerIn(mirror: string, wanted: Wanted): MirroredProvider | undefined {
  const folder = join(mirror, ...providerAddress(wanted).split("/"));
  const packed = new RegExp(`^terraform-provider-aws_(\\d+\\.\\d+\\.\\d+)_${wanted.platform}\\.zip$`);
  const versions = list(folder).flatMap((name) => {
    const zip = packed.exec(name)?.[1];
    if (zip !== undefined) return [zip];
    return hasExecutable(join(folder, name, wanted.platform)) ? [name] : [];
  });
  const [version] = versions.filter(suits).sort((a, b) => compareVersions(b, a));
  return version === undefined ? undefined : { mirror, version };
}

/** The first of the folders that holds a suitable provider. */
export function firstProviderIn(mirrors: readonly string[], wanted: Wanted): MirroredProvider | undefined {
  for (const mirror of mirrors) {
    const found = providerIn(mirror, wanted);
    if (found) return found;
  }
  return undefined;
}

const suits = (version: string): boolean =>
  /^\d+\.\d+\.\d+$/.test(version) &&
  compareVersions(version, providerVersions.from) >= 0 &&
  compareVersions(version, providerVersions.below) < 0;

const hasExecutable = (folder: string): boolean =>
  list(folder).some((name) => name.startsWith("terraform-provider-aws") && statSync(join(folder, name)).isFile());

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
