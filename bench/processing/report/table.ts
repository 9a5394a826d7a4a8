/** A table of Markdown: the first column to the left, figures to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}

/** With so many decimals and a comma between thousands; a dash where there is none. */
export const figure = (value: number | null, decimals = 0): string =>
  value === null || Number.isNaN(value)
    ? "–"
    : value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** US dollars and cents. */
export const usd = (value: number): string => `$${figure(value, 2)}`;
