import { appendFileSync, writeFileSync } from "node:fs";

/** Starts the file anew; what is said goes into it, a line each with its time. */
export function logFile(file: string): (message: string) => void {
  writeFileSync(file, "");
  return (message) => appendFileSync(file, `${new Date().toISOString()} ${message}\n`);
}
