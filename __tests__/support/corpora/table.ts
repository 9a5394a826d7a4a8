import type { RefusalRecord } from "../../../functions/common/quarantine";
import { refusalReasons } from "../../../functions/contract/refusal";

/** A row of the table in docs/hostile.md. */
export interface Row {
  /** Name and version. */
  readonly corpus: string;
  readonly licence: string;
  readonly files: number;
  readonly processed: number;
  /** How many images were refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

/**
 * The reason a refusal is counted as. libvips has one buffer of messages for all threads, so that the decoder may call the
 * same file damaged in one run and of a kind it does not know in the next: both count as damaged.
 */
export const countedReason = ({ reason, message }: Pick<RefusalRecord, "reason" | "message">): string =>
  message.startsWith("The decoder does not know this kind") ? "corrupt" : reason;

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

/** The table as it stands in the document: a column for each reason that the default processing has. */
export function table(rows: readonly Row[]): string {
  const head = ["corpus", "licence", "files", "processed", ...refusalReasons.map((reason) => `\`${reason}\``)];
  const cells = ({ corpus, licence, files, processed, refused }: Row) => [
    corpus,
    licence,
    files,
    processed,
    ...refusalReasons.map((reason) => refused[reason] ?? 0),
  ];
  return [head, head.map(() => "---"), ...rows.map(cells)].map(line).join("\n");
}

/** The first table of a document whose head begins with `corpus`. */
export function tableIn(text: string): string {
  const lines = text.split("\n");
  const first = lines.findIndex((one) => one.startsWith("| corpus |"));
  const rest = lines.slice(Math.max(0, first));
  const end = rest.findIndex((one) => !one.startsWith("|"));
  return rest.slice(0, end === -1 ? undefined : end).join("\n");
}
