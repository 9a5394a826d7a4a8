import { SettingsError } from "../../../environments/load";
import { UserError } from "../../../gitops/user-error";
import { ServerStartError } from "../../processes/server-process";

/** The run was ended from outside. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(readonly signal: "SIGINT" | "SIGTERM" | "SIGHUP") {
    super(`Ended by ${signal}.`);
  }
}

/** What to show of an error: its message alone where the cause is known, else with the stack trace that finds it. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = [UserError, SettingsError, ServerStartError, Interrupted].some((kind) => error instanceof kind);
  return known ? error.message : (error.stack ?? error.message);
}
