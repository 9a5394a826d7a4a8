import type { Environment } from "../schema";

/**
 * Lambda keeps 100 of an account's concurrent executions (1000 unless raised) for functions that reserve none
 * (Lambda Developer Guide, "Configuring reserved concurrency for a function").
 */
const reservable = 900;

/** Reservations that an account with AWS's own quota refuses. */
export function reservedConcurrency({ processing }: Pick<Environment, "processing">): string[] {
  const reserved = processing.streamConcurrency + processing.batchConcurrency;
  if (reserved <= reservable) return [];
  return [
    `processing.batchConcurrency: with processing.streamConcurrency it reserves ${reserved} functions, and an account has ${reservable} to reserve unless its quota was raised. Write less, or have the quota raised first.`,
  ];
}
