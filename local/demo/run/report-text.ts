import type { Counts } from "../account";
import type { RunReport } from "../report";

const row = (name: string, { sent, processed, refused, onFailure }: Counts): string =>
  [name.padEnd(10), ...[sent, processed, refused, onFailure].map((count) => String(count).padStart(13))].join("");

/** The report for a terminal. */
export function reportText({ account, imagesPerSecond, readySeconds }: RunReport): string {
  if (account === undefined) return "No image was accounted for.";
  const reasons = Object.entries(account.reasons).sort(([one], [other]) => one.localeCompare(other, "en"));
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
  return [
    "",
    `${" ".repeat(10)}${["sent", "processed", "quarantined", "on failure"].map((title) => title.padStart(13)).join("")}`,
    row("streamed", account.bySource.stream),
    row("uploaded", account.bySource.upload),
    row("all", account),
    ...list(
      "Quarantined",
      reasons.map(([reason, count]) => `${reason}: ${count}`),
    ),
    ...list("Lost", account.lost),
    ...list(
      "Twice",
      account.duplicates.map(({ imageId, where }) => `${imageId}: ${where.join(", ")}`),
    ),
    ...list(
      "Not as expected",
      account.wrong.map(({ name, kind, expected, got }) => `${name} (${kind}): expected ${expected}, but got ${got}`),
    ),
    "",
    account.balanced
      ? `Every one of ${account.sent} images is accounted for. Nothing lost.`
      : `${account.lost.length} lost, ${account.duplicates.length} twice, ${account.wrong.length} not as expected.`,
    `Ready after ${readySeconds?.toFixed(1)} s. ${imagesPerSecond?.toFixed(1)} images a second from sending to the end.`,
  ].join("\n");
}
