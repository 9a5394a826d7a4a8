import * as z from "zod";
import { processingSettings } from "../../environments/settings/processing";
import type { ProcessingContext } from "../contract/process";

/** Every variable the functions read. The compute stack sets the required ones, Lambda itself the memory. */
const required = [
  "ENVIRONMENT",
  "UPLOADS_BUCKET",
  "PROCESSED_BUCKET",
  "QUARANTINE_BUCKET",
  "PROCESSING",
  "PROCESSING_VERSION",
] as const;

const processingSchema = z.strictObject({
  limits: processingSettings.shape.limits,
  renditions: processingSettings.shape.renditions,
});

/** What a function was deployed with. */
export interface FunctionEnvironment {
  /** Name of the environment, for example `prod`. */
  readonly environment: string;
  readonly uploadsBucket: string;
  readonly processedBucket: string;
  readonly quarantineBucket: string;
  readonly processing: Omit<ProcessingContext, "secondsAllowed">;
  /** Changes with the code or the renditions; part of every output's key. */
  readonly processingVersion: string;
  /** Function of the container image with the engineers' code; undefined when the code is in this bundle. */
  readonly processingFunction?: string | undefined;
  /** Memory of the function; undefined outside Lambda. */
  readonly memoryMegabytes: number | undefined;
}

/** The function was deployed with an incomplete or wrong environment. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * Reads the function's environment variables once, when it starts.
 * @throws EnvironmentError naming every variable that is missing or wrong.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): FunctionEnvironment {
  const missing = required.filter((name) => !variables[name]);
  if (missing.length > 0) {
    throw new EnvironmentError(
      `Environment variables missing: ${missing.join(", ")}. The compute stack sets them; deploy it again.`,
    );
  }
  const value = (name: (typeof required)[number]): string => variables[name] ?? "";
  const version = value("PROCESSING_VERSION");
  const processing = processingSchema.safeParse(parsed(value("PROCESSING")));
  const faults = [
    ...(/^[0-9a-f]{12}$/.test(version) ? [] : [`PROCESSING_VERSION: expected 12 hex digits, but got ${version}`]),
    ...(processing.error?.issues ?? []).map(
      ({ path, message }) => `${["PROCESSING", ...path].join(".")}: expected ${message}`,
    ),
  ];
  if (!processing.success || faults.length > 0) {
    throw new EnvironmentError(`Environment variables wrong: ${faults.join("; ")}. Deploy the compute stack again.`);
  }
  return {
    environment: value("ENVIRONMENT"),
    uploadsBucket: value("UPLOADS_BUCKET"),
    processedBucket: value("PROCESSED_BUCKET"),
    quarantineBucket: value("QUARANTINE_BUCKET"),
    processing: processing.data,
    processingVersion: version,
    processingFunction: variables.PROCESSING_FUNCTION || undefined,
    memoryMegabytes: Number(variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) || undefined,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
