/** What a log line may hold: names, numbers, reasons; never an image's content. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type Level = "info" | "warn" | "error";

/** Writes one line. */
export type Log = (level: Level, message: string, fields?: LogFields) => void;

/** A logger that writes one line of JSON an event, which CloudWatch Logs Insights reads by field. */
export function createLog(
  common: LogFields,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Log {
  return (level, message, fields) => write(JSON.stringify({ level, message, ...common, ...fields }));
}

/** An error in the words that may be logged: first line, at most 500 characters. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: "unknown" };
  const [line = ""] = error.message.split("\n");
  return { error: error.name, detail: line.slice(0, 500) };
}
