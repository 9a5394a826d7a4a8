import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repositoryFolder } from "../../environments/repository";

export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress": boolean;
  readonly queue?: string;
}

export interface Job {
  readonly name: string;
  readonly concurrency?: Concurrency;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
  readonly strategy?: unknown;
  readonly outputs?: Readonly<Record<string, string>>;
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowsFolder = join(repositoryFolder(), ".github", "workflows");
export const workflowFiles = readdirSync(workflowsFolder).sort();
export const textOf = (file: string): string => readFileSync(join(workflowsFolder, file), "utf8");
export const workflow = (file: string): Workflow => parse(textOf(file)) as Workflow;

/** Every job, named `plan.yml: comment`. */
export const jobs: readonly (readonly [string, Job])[] = workflowFiles.flatMap((file) =>
  Object.entries(workflow(file).jobs).map(([id, job]) => [`${file}: ${id}`, job] as const),
);
export const job = (file: string, id: string): Job => {
  const found = workflow(file).jobs[id];
  if (!found) throw new Error(`${file} has no job ${id}`);
  return found;
};
/** Lines of shell of a job. */
export const linesOf = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run ?? []);
/** An expression of GitHub's, in its braces. */
export const expression = (text: string): string => `\u0024{{ ${text} }}`;
