import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface PrepareFolderProps {
  /** Everything that belongs to the account: files and folders. */
  readonly own: readonly string[];
  /** Folder of plan outputs; those of the account's stacks belong to it. */
  readonly plans: string;
  /** File that is there once the account was applied as a whole. */
  readonly deployed: string;
  readonly fresh: boolean;
}

/**
 * Forgets the account of earlier runs when asked, or when its first apply was stopped in the middle, for then Terraform
 * may not know all that it has created, and nothing has been sent yet. What other environments keep beside it stays.
 * @returns what was done, for people
 */
export function prepareFolder({ own, plans, deployed, fresh }: PrepareFolderProps): "forgotten" | "kept" | "new" {
  const present = own.filter((path) => existsSync(path));
  if (present.length === 0) return "new";
  if (!fresh && existsSync(deployed)) return "kept";
  const outputs = existsSync(plans) ? readdirSync(plans).filter((name) => name.startsWith("local-")) : [];
  // The mark goes first: a removal that is stopped half-way is then taken up by the next run.
  for (const path of [deployed, ...present, ...outputs.map((name) => join(plans, name))]) {
    rmSync(path, { recursive: true, force: true });
  }
  return "forgotten";
}
