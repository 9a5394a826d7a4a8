import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { AppendOnlyStore } from "../store/append-only-store";
import { UserError } from "../user-error";
import { type ReviewManifest, reviewManifestSchema } from "./manifest";

/** Keys in the plans bucket that the role of plans may write and the role of applies may read. */
const prefix = "reviews/";

type Place = Pick<ReviewManifest, "pullRequest" | "head" | "run" | "environment" | "stack">;

const folderOf = ({ pullRequest, head, run, environment, stack }: Place): string =>
  `${prefix}pr-${pullRequest}/${head}/${run.id}-${run.attempt}/${environment}/${stack}/`;

const planFile = "plan.tfplan";
const lockFile = "terraform.lock.hcl";
const manifestFile = "manifest.json";

/** Paths of what is kept: the plan, and the provider lock file without which Terraform refuses to apply it. */
export interface PlanFiles {
  readonly plan: string;
  readonly lock: string;
}

/** What became of fetching a plan. */
export type FetchedPlan = "fetched" | "missing" | "altered";

/** Reviewed plans with their manifests. A plan holds values in clear, so it only ever lies here. */
export class PlanStore {
  constructor(private readonly store: AppendOnlyStore) {}

  /**
   * Keeps a plan; its manifest comes last, so that it is there only with its plan.
   * @throws UserError when another plan was kept for the same stack by the same run.
   */
  async put(manifest: ReviewManifest, files: PlanFiles): Promise<void> {
    const folder = folderOf(manifest);
    const [plan, lock] = [readFileSync(files.plan), readFileSync(files.lock)];
    const manifestText = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    const written =
      (await this.store.put(`${folder}${planFile}`, plan)) &&
      (await this.store.put(`${folder}${lockFile}`, lock)) &&
      (await this.store.put(`${folder}${manifestFile}`, manifestText));
    if (!written) {
      throw new UserError(
        `${this.store.place}/${folder}: a plan is kept there already, and plans are never overwritten: start the run anew.`,
      );
    }
  }

  /**
   * Manifests of one commit of a pull request, the newest run first; what is no manifest, or lies where another one
   * belongs, is left out.
   */
  async manifests(pullRequest: number, head: string): Promise<ReviewManifest[]> {
    const keys = await this.store.list(`${prefix}pr-${pullRequest}/${head}/`);
    const found = await Promise.all(
      keys.filter((key) => key.endsWith(`/${manifestFile}`)).map((key) => this.manifest(key)),
    );
    return found
      .flatMap((manifest) => manifest ?? [])
      .sort((one, other) => (one.createdAt < other.createdAt ? 1 : one.createdAt > other.createdAt ? -1 : 0));
  }

  /** Writes the plan of a manifest to files only their owner can read, if it is the one that was reviewed. */
  async fetch(manifest: ReviewManifest, files: PlanFiles): Promise<FetchedPlan> {
    const { planSha256, lockSha256 } = manifest.binding;
    const [plan, lock] = await Promise.all(
      [planFile, lockFile].map((name) => this.store.get(folderOf(manifest) + name)),
    );
    if (plan === undefined || lock === undefined) return "missing";
    if (sha256(plan) !== planSha256 || sha256(lock) !== lockSha256) return "altered";
    for (const [file, content] of [
      [files.plan, plan],
      [files.lock, lock],
    ] as const) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode: 0o600 });
    }
    return "fetched";
  }

  private async manifest(key: string): Promise<ReviewManifest | undefined> {
    const content = await this.store.get(key);
    if (content === undefined) return undefined;
    const parsed = reviewManifestSchema.safeParse(json(content));
    return parsed.success && `${folderOf(parsed.data)}${manifestFile}` === key ? parsed.data : undefined;
  }
}

const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

function json(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString("utf8"));
  } catch {
    return undefined;
  }
}
