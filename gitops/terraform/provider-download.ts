import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { TerraformBinary } from "./binary";
import { writeDirectConfig } from "./cli-config";
import { type MirroredProvider, providerIn, providerVersions } from "./provider-mirror";

/** Limits of the attempt, in milliseconds. */
export interface DownloadLimits {
  /** Until the registry has told which version there is. */
  readonly answer: number;
  /** Until the provider, some 150 MB, has come. */
  readonly whole: number;
  /** How long a registry that did not answer is not asked again. */
  readonly memory: number;
}

export const defaultLimits: DownloadLimits = { answer: 12_000, whole: 15 * 60_000, memory: 6 * 3_600_000 };

const memorySchema = z.record(z.string(), z.number());

/**
 * Fetches the AWS provider from its registry into the mirror folder. `terraform init` does it, not
 * `terraform providers mirror`: it checks the same signatures, but leaves the provider unpacked, so that later inits
 * link to it; a mirror of zip files would be unpacked anew, 0.7 GB, for every stack.
 * Returns nothing when the registry can't be reached, and remembers that for {@link DownloadLimits.memory}.
 */
export async function downloadProvider(
  binary: TerraformBinary,
  options: {
    readonly cacheFolder: string;
    readonly mirror: string;
    readonly env: NodeJS.ProcessEnv;
    readonly limits?: DownloadLimits;
    readonly onProgress?: (line: string) => void;
    readonly now?: () => number;
  },
): Promise<MirroredProvider | undefined> {
  const { cacheFolder, mirror, env, limits = defaultLimits, onProgress = () => {}, now = Date.now } = options;
  const memoryFile = join(cacheFolder, "provider-registry.json");
  const failures = readMemory(memoryFile);
  if (now() - (failures[binary.registryHost] ?? -Infinity) < limits.memory) return undefined;
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, "provider-download-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(requirement));
    const config = writeDirectConfig(cacheFolder);
    if (await init(binary, folder, { ...env, TF_CLI_CONFIG_FILE: config }, limits, onProgress)) {
      keep(join(folder, ".terraform", "providers"), mirror);
      return providerIn(mirror, binary);
    }
    writeFileSync(memoryFile, JSON.stringify({ ...failures, [binary.registryHost]: now() }));
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const requirement = {
  terraform: {
    required_providers: {
      aws: { source: "hashicorp/aws", version: `>= ${providerVersions.from}, < ${providerVersions.below}` },
    },
  },
};

function init(
  binary: TerraformBinary,
  folder: string,
  env: NodeJS.ProcessEnv,
  limits: DownloadLimits,
  onProgress: (line: string) => void,
): Promise<boolean> {
  const { TF_PLUGIN_CACHE_DIR: _cache, TF_DATA_DIR: _data, ...rest } = env;
  const quick = { TF_REGISTRY_DISCOVERY_RETRY: "0", TF_REGISTRY_CLIENT_TIMEOUT: "8", TF_IN_AUTOMATION: "1" };
  return new Promise((resolve) => {
    const child = spawn(binary.path, ["init", "-input=false", "-no-color", "-backend=false"], {
      cwd: folder,
      env: { ...quick, ...rest },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let timer = setTimeout(() => child.kill("SIGKILL"), limits.answer);
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!/^- Installing /.test(line)) return;
      onProgress(`${line.slice(2)} (once, some 150 MB)`);
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), limits.whole);
    });
    const end = (good: boolean) => {
      clearTimeout(timer);
      resolve(good);
    };
    child.on("error", () => end(false));
    child.on("close", (code) => end(code === 0));
  });
}

/** Moves what was fetched into the mirror; a run beside this one may have been quicker, then its copy stays. */
function keep(providers: string, mirror: string): void {
  if (!existsSync(mirror)) {
    mkdirSync(join(mirror, ".."), { recursive: true });
    try {
      renameSync(providers, mirror);
      return;
    } catch (error) {
      if (!existsSync(mirror)) throw error;
    }
  }
  cpSync(providers, mirror, { recursive: true, force: false });
}

function readMemory(file: string): Record<string, number> {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {}; // none yet, or unreadable: then the registry is asked
  }
}
