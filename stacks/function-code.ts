import { createHash } from "node:crypto";
import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { BundleError } from "../functions/bundle/bundle-error";
import { folderFaults } from "../functions/bundle/code-folders";
import { defaultCode, repository } from "../functions/bundle/paths";
import { readBundle } from "../functions/bundle/read-bundle";
import type { FunctionCode } from "../modules/image-function";

/** What the functions run, and the version that the keys of their outputs carry. */
export interface DeployedCode {
  readonly code: FunctionCode;
  /** 12 hexadecimal digits; another version writes other objects, so that a change of code or renditions is never hidden by old outputs. */
  readonly processingVersion: string;
}

/** What functions run on: arm64 on AWS; in the local account, what this computer is. */
export const functionArchitecture = ({ processing }: Pick<Environment, "processing">): "arm64" | "x86_64" =>
  processing.architecture === "host" && process.arch !== "arm64" ? "x86_64" : "arm64";

/**
 * The bundle of the engineers' folder that an environment's settings name. Where they name a container image, the functions call it, and its
 * digest is the version.
 * @throws BundleError when the bundle is not built, or the folder is not there.
 */
export function functionCode(scope: Construct, environment: Environment): DeployedCode {
  const { name, processing } = environment;
  const folder = "folder" in processing.code ? processing.code.folder.replace("functions/", "") : defaultCode;
  const faults = folderFaults(repository, folder, `environments/${name}.yaml: processing.code.folder`);
  if (faults.length > 0) throw new BundleError(faults.join("\n"));
  const bundle = readBundle(processing.architecture, folder);
  const asset = new TerraformAsset(scope, "function-code", { path: bundle.zipPath, type: AssetType.FILE });
  const version = "image" in processing.code ? digestOf(processing.code.image) : bundle.processing;
  return {
    code: { zipPath: asset.path, sha256: bundle.sha256, architecture: functionArchitecture(environment) },
    processingVersion: versionOf(version, processing),
  };
}

/** The same image in another repository is the same code. */
const digestOf = (image: string): string => image.slice(image.indexOf("@") + 1);

function versionOf(code: string, { limits, renditions }: Environment["processing"]): string {
  return createHash("sha256")
    .update(JSON.stringify([code, limits, renditions]))
    .digest("hex")
    .slice(0, 12);
}
