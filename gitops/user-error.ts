/** A fault the user can put right: shown as its message alone, never with a stack trace. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
