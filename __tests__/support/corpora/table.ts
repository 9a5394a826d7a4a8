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
