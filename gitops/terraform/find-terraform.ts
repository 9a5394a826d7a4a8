import { findBinary } from "./binary";
import { realSurroundings } from "./mirror-places";
import { findProviderSource } from "./provider-source";
import type { FoundTerraform } from "./run";

/**
 * Terraform with its provider source.
 * @param options.env environment in which they are looked for.
 * @param options.cacheFolder absolute path, usually `<repository>/.cache`.
 * @throws UserError when Terraform or the AWS provider can't be had.
 */
export async function findTerraform(options: {
  readonly env: NodeJS.ProcessEnv;
  readonly cacheFolder: string;
  readonly onProgress?: (line: string) => void;
}): Promise<FoundTerraform> {
  const { env, cacheFolder, onProgress } = options;
  const binary = await findBinary(env);
  const surroundings = realSurroundings(env);
  const source = await findProviderSource({ binary, cacheFolder, surroundings, ...(onProgress && { onProgress }) });
  return { binary, source };
}
