import { existsSync, writeFileSync } from "node:fs";
import { applyEnvironment } from "../../../gitops/apply-environment";
import type { StackApply } from "../../../gitops/apply-stack";
import type { EnvironmentOptions } from "../../../gitops/options";
import { planEnvironment } from "../../../gitops/plan-environment";
import { UserError } from "../../../gitops/user-error";
import type { Note } from "./steps";

export interface DeployProps extends EnvironmentOptions {
  /** File that is there once the account was applied as a whole. */
  readonly deployed: string;
  /** Brings the account to disk, before it counts as applied. */
  readonly save: () => Promise<void>;
}

/**
 * Brings the account to what the environment file says: planned first, and applied only when something would change.
 * @throws UserError naming each stack that failed, and why
 */
export async function deploy({ deployed, save, ...options }: DeployProps, note: Note): Promise<void> {
  const onProgress: EnvironmentOptions["onProgress"] = ({ stack, step, message }) => {
    note(stack === undefined ? message : `${stack}: ${step === "done" ? message : `${step} ${message}`}`);
  };
  if (existsSync(deployed)) {
    const plans = await planEnvironment({ ...options, onProgress });
    if (plans.every(({ outcome }) => outcome === "no-changes")) return note(`${plans.length} stacks, no changes`);
  }
  const results = await applyEnvironment({ ...options, onProgress });
  options.signal?.throwIfAborted();
  const bad = results.filter(({ outcome }) => outcome !== "applied" && outcome !== "nothing");
  if (bad.length > 0) throw new UserError(bad.map(fault).join("\n"));
  await save();
  writeFileSync(deployed, "");
  const applied = results.map((result) => result.applied);
  const sum = (count: "add" | "change" | "destroy") => applied.reduce((total, one) => total + one[count], 0);
  note(`${results.length} stacks: ${sum("add")} created, ${sum("change")} changed, ${sum("destroy")} removed`);
}

function fault({ stack, outcome, error, because, waitsFor }: StackApply): string {
  if (error !== undefined) return `${stack}: ${error}`;
  const others = [...because, ...waitsFor].join(", ");
  return `${stack}: ${outcome}${others === "" ? "" : `, because of ${others}`}`;
}
