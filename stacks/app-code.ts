import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { readAppBundle } from "../apps/bundle/read-bundle";
import type { AppCode } from "../modules/app-version";

/** The bundle of `apps/<name>`. @throws BundleError when it is not built. */
export function appCode(scope: Construct, name: string): Omit<AppCode, "bucketName"> {
  const { sha256, zipPath } = readAppBundle(name);
  const asset = new TerraformAsset(scope, `${name}-code`, { path: zipPath, type: AssetType.FILE });
  return { zipPath: asset.path, sha256 };
}
