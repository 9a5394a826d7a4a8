import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { printable } from "./printable";

/** What a log line may hold: names, numbers, reasons; never an image's content. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type Level = "info" | "warn" | "error";

/** Writes one line. */
export type Log = (level: Level, message: string, fields?: LogFields) => void;

/** A function's log. */
export interface FunctionLog {
  readonly log: Log;
  /** Lines from now on carry the call's request id, the function's name and memory, and whether this is its first call. */
  begin(context: Context): void;
}

/**
 * A log of one line of JSON an event, in the form of Powertools for AWS Lambda, which CloudWatch Logs Insights reads by
 * field. Text of strangers in a field is made printable, so that no name can pass for something else.
 * @param common - fields of every line.
 */
export function createLog(common: LogFields): FunctionLog {
  const logger = new Logger({ serviceName: "darkroom", logLevel: "INFO", persistentKeys: { ...common } });
  return {
    log: (level, message, fields = {}) => {
      const safe = Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === "string" ? printable(value) : value,
      ]);
      logger[level](message, Object.fromEntries(safe));
    },
    begin: (context) => logger.addContext(context),
  };
}

/** What signs a presigned URL, which an error of an HTTP client may quote. */
const signature = /\b(X-Amz-(?:Credential|Security-Token|Signature))=[^&\s"']+/gi;

/** An error in the words that may be logged: first line, at most 500 characters, no signatures. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: "unknown" };
  const [line = ""] = error.message.split("\n");
  return { error: error.name, detail: line.replaceAll(signature, "$1=…").slice(0, 500) };
}
