/** How something stands. warning: it works, but somebody should look. unchecked: nothing is known of it, and why. */
export type Status = "ok" | "warning" | "fault" | "unchecked";

/** One thing that was looked at. */
export interface Finding {
  readonly status: Status;
  /** Nothing when it concerns the checkout, the computer or the repository. */
  readonly environment?: string;
  /** One sentence: how it stands, or why it was not looked at. No secret is in it. */
  readonly text: string;
  /** What mends it: a command line, or what to change where. */
  readonly mend?: string;
}

/** A finding under the title of its check. */
export interface TitledFinding extends Finding {
  readonly check: string;
}

export const ok = (text: string): Finding => ({ status: "ok", text });
export const unchecked = (text: string, mend?: string): Finding => ({
  status: "unchecked",
  text,
  ...(mend && { mend }),
});
export const fault = (text: string, mend: string): Finding => ({ status: "fault", text, mend });
export const warning = (text: string, mend: string): Finding => ({ status: "warning", text, mend });
