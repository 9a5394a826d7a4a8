/** A fault the user can put right: shown as its message alone, never with a stack trace. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
