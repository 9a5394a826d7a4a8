const preamble = /: (Refreshing state|Reading|Read complete|Still reading|Preparing import|Still preparing)|^\s*$/;

/**
 * The plan as a human reads it, cut out of what `terraform plan` prints: the same text as `terraform show`, without
 * starting the provider a second time for it.
 */
export function planText(stdout: string): string {
  const lines = stdout.split("\n");
  const first = lines.findIndex((line) => !preamble.test(line));
  const saved = lines.findIndex((line) => line.startsWith("Saved the plan to:"));
  const rule = saved < 0 ? -1 : lines.findLastIndex((line, index) => index < saved && /^─+$/.test(line));
  const text = lines.slice(Math.max(first, 0), rule < 0 ? undefined : rule).join("\n");
  return `${text.trim()}\n`;
}
