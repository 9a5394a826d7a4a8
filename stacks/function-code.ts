import { createHash } from "node:crypto";
import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { readBundle } from "../functions/bundle/read-bundle";
import type { FunctionCode } from "../modules/image-function";

/** What the functions run, and the version that the keys of their outputs carry. */
export interface DeployedCode {
  readonly code: FunctionCode;
  /** 12 hexadecimal digits; another version writes other objects, so that a change of code or renditions is never hidden by old outputs. */
  readonly processingVersion: string;
}

/** The code an environment's settings name: the bundle of the engineers' folder, or a container image. @throws Error when the bundle is not built. */
export function functionCode(scope: Construct, { processing }: Environment): DeployedCode {
  const architecture = processing.architecture === "host" && process.arch !== "arm64" ? "x86_64" : "arm64";
  if ("image" in processing.code) {
    const { image } = processing.code;
    return { code: { image, architecture }, processingVersion: version(image, processing) };
  }
  const bundle = readBundle(processing.architecture, processing.code.folder.replace("functions/", ""));
  const asset = new TerraformAsset(scope, "function-code", { path: bundle.zipPath, type: AssetType.FILE });
  return {
    code: { zipPath: asset.path, sha256: bundle.sha256, architecture },
    processingVersion: version(bundle.processing, processing),
  };
}

function version(code: string, { limits, renditions }: Environment["processing"]): string {
  return createHash("sha256")
    .update(JSON.stringify([code, limits, renditions]))
    .digest("hex")
    .slice(0, 12);
}
