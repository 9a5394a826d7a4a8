/** The lines that `work` writes to the standard streams, where Lambda takes its log from. */
export function linesOf(work: () => void): string[] {
  const lines: string[] = [];
  const take = (text: unknown): boolean => {
    lines.push(String(text).replace(/\n$/, ""));
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, "write").mockImplementation(take));
  try {
    work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines;
}
