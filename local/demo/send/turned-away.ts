import type { DoorReason } from "../corpus/refusal";

const reasons: readonly string[] = ["empty", "unsupported-type", "too-large"] satisfies DoorReason[];

/** Whether a web app's code of refusal is about the file itself; any other is a fault of the sender or the app. */
export const isDoorReason = (code: unknown): code is DoorReason => typeof code === "string" && reasons.includes(code);
