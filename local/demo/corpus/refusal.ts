/**
 * Reasons of refusal that the corpus provokes (`reason` in `reason.json`). Named here and not taken from
 * functions/processing, which the engineers may replace as a whole: the reasons are part of what they promise.
 */
export type RefusalReason =
  | "empty"
  | "not-an-image"
  | "unsupported-format"
  | "too-many-bytes"
  | "too-many-pixels"
  | "corrupt";

/** Why a web app turns a file away before the pipeline sees it: the codes of both apps. */
export type DoorReason = "empty" | "unsupported-type" | "too-large";
