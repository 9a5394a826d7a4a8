import type { Counts } from "../account";
import type { RunReport } from "../report";
import type { CurrentReport } from "./current-report";

const row = (name: string, { sent, processed, refused, onFailure, turnedAway }: Counts): string =>
  [
    name.padEnd(10),
    ...[sent, processed, refused, onFailure, turnedAway].map((count) => String(count).padStart(13)),
  ].join("");

/** The report for a terminal. */
export function reportText({ account, imagesPerSecond, readySeconds }: RunReport): string {
  if (account === undefined) return "No image was accounted for.";
  const counted = (reasons: Readonly<Record<string, number>>) =>
    Object.entries(reasons)
      .sort(([one], [other]) => one.localeCompare(other, "en"))
      .map(([reason, count]) => `${reason}: ${count}`);
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
  return [
    "",
    `${" ".repeat(10)}${["sent", "processed", "quarantined", "on failure", "turned away"].map((title) => title.padStart(13)).join("")}`,
    row("streamed", account.bySource.stream),
    row("uploaded", account.bySource.upload),
    row("all", account),
    ...list("Quarantined", counted(account.reasons)),
    ...list("Turned away by the web apps", counted(account.doorReasons)),
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

/** What a person can do while the account stays up. */
export const upText = ({ pageUrl, appUrls }: Pick<CurrentReport, "pageUrl" | "appUrls">): string =>
  [
    "",
    `What happened: ${pageUrl}`,
    "Send pictures of your own:",
    `  web app 1: ${appUrls?.stream} (through Kafka, processed at once)`,
    `  web app 2: ${appUrls?.upload} (into S3, processed by the next batch; the page above runs it now)`,
    "The account stays up until Ctrl-C. In another terminal: npm run plan -- local",
  ].join("\n");
