import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { childEnvironment } from "./terraform/child-environment";
import { readConfiguration, type S3Location } from "./terraform/configuration";
import { findTerraform } from "./terraform/find-terraform";
import { bootstrapLayer, chooseStacks, readStacks, type Stack } from "./terraform/manifest";
import type { FoundTerraform, Terraform } from "./terraform/run";
import { type ReadState, stateReader } from "./terraform/state";

/** What is being done, for whoever watches. */
export interface Progress {
  /** Nothing when it concerns all stacks. */
  readonly stack?: string;
  readonly step: "prepare" | "init" | "plan" | "apply" | "migrate" | "done";
  /** One line, without secrets. */
  readonly message: string;
}

/** What planning, applying and bootstrapping an environment have in common. */
export interface EnvironmentOptions {
  readonly environment: string;
  /** The synthesized output, usually `cdktf.out`. */
  readonly outFolder: string;
  /** Terraform's data and provider lock files, one folder a stack, kept between runs; never shared by two accounts. */
  readonly workFolder: string;
  /** Environment of Terraform's processes: credentials, region, `AWS_ENDPOINT_URL`. */
  readonly env: NodeJS.ProcessEnv;
  /** Names or layers of the stacks. @default all */
  readonly stacks?: readonly string[];
  /** Where plans are kept: `<stack>.tfplan`, `<stack>.json`, `<stack>.txt`. @default `<workFolder>/plans` */
  readonly plansFolder?: string;
  /** For the provider mirror. @default `.cache` of the repository */
  readonly cacheFolder?: string;
  /** How many stacks at once. @default 3 */
  readonly concurrency?: number;
  /** How long another run's state lock is waited for. @default 60 */
  readonly lockTimeoutSeconds?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Interrupts Terraform, which then ends what it is doing and releases its locks. */
  readonly signal?: AbortSignal;
  /** A Terraform found earlier. @default it is looked for */
  readonly terraform?: FoundTerraform;
}

/** {@link EnvironmentOptions} with everything looked up. */
export interface Context {
  readonly environment: string;
  readonly terraform: Terraform;
  readonly env: NodeJS.ProcessEnv;
  /** All stacks of the environment, in an order in which they can be applied. */
  readonly allStacks: readonly Stack[];
  /** The chosen ones. */
  readonly stacks: readonly Stack[];
  readonly workFolder: string;
  readonly plansFolder: string;
  readonly concurrency: number;
  readonly lockTimeoutSeconds: number;
  readonly readState: ReadState;
  /** The stack that keeps its state there. */
  readonly stackAt: (location: S3Location) => string;
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal | undefined;
}

/** @throws UserError when Terraform, the provider, the synthesized output or a named stack is missing. */
export async function openContext(options: EnvironmentOptions): Promise<Context> {
  const { environment, env, onProgress = () => {}, signal } = options;
  const allStacks = readStacks(resolve(options.outFolder), environment);
  const stacks = chooseStacks(allStacks, options.stacks ?? []);
  const workFolder = resolve(options.workFolder);
  const plansFolder = resolve(options.plansFolder ?? join(workFolder, "plans"));
  for (const folder of [workFolder, plansFolder]) mkdirSync(folder, { recursive: true });
  const found =
    options.terraform ??
    (await findTerraform({
      env,
      cacheFolder: resolve(options.cacheFolder ?? join(__dirname, "..", ".cache")),
      onProgress: (message) => onProgress({ step: "prepare", message }),
    }));
  onProgress({ step: "prepare", message: found.source.description });
  const places = new Map(
    allStacks.map(({ name, folder }) => {
      const { backend } = readConfiguration(folder);
      return [backend && placeOf(backend), name];
    }),
  );
  return {
    environment,
    terraform: { ...found, env: childEnvironment(env, found.source) },
    env,
    allStacks,
    stacks,
    workFolder,
    plansFolder,
    concurrency: options.concurrency ?? 3,
    lockTimeoutSeconds: options.lockTimeoutSeconds ?? 60,
    readState: stateReader(env),
    stackAt: (location) => places.get(placeOf(location)) ?? placeOf(location),
    progress: onProgress,
    signal,
  };
}

const placeOf = ({ bucket, key }: S3Location): string => `${bucket}/${key}`;

/** The stack that creates the environment's state bucket, if there is one. */
export const bootstrapStackOf = ({ allStacks }: Pick<Context, "allStacks">): Stack | undefined =>
  allStacks.find(({ layer }) => layer === bootstrapLayer);
