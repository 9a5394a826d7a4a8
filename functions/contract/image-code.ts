import { CONTRACT_VERSION, type Process } from "./process";

/**
 * What `index.ts` of a folder with engineers' code exports. To let the compiler hold a folder to it:
 *
 *     import * as code from "../../../functions/<folder>";
 *     const checked: ImageCode = code;
 */
export interface ImageCode {
  /** Version of the contract the code was written for. */
  readonly contractVersion: typeof CONTRACT_VERSION;
  readonly process: Process;
}

/** What a loaded folder exports, in a form that travels between processes. */
export interface ExportedCode {
  readonly contractVersion?: unknown;
  /** `typeof process`. */
  readonly processType: string;
}

const seen = (value: unknown): string => (value === undefined ? "none" : (JSON.stringify(value) ?? typeof value));

/**
 * What a loaded folder lacks of an {@link ImageCode}, one sentence a fault with what to do; empty when it lacks nothing.
 * @param file - path of the folder's index.ts, for the sentences.
 */
export function codeFaults({ contractVersion, processType }: ExportedCode, file: string): string[] {
  const faults: string[] = [];
  if (contractVersion !== CONTRACT_VERSION) {
    faults.push(
      `${file}: contractVersion: expected ${CONTRACT_VERSION}, but got ${seen(contractVersion)}. Export contractVersion = ${CONTRACT_VERSION}, and keep to functions/contract/process.ts.`,
    );
  }
  if (processType !== "function") {
    const came = processType === "undefined" ? "none" : processType;
    faults.push(
      `${file}: process: expected a function, but got ${came}. Export a function "process" of the type Process of functions/contract/process.ts.`,
    );
  }
  return faults;
}
