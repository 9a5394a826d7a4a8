import { EnvironmentError } from "../common/environment";

/** What the function was deployed with. */
export interface GpuMeterEnvironment {
  /** Name of the environment, for example `prod`. */
  readonly environment: string;
  /** Studio's domain. */
  readonly domainId: string;
  /** Names of the groups of analysts. */
  readonly groups: readonly string[];
  /** What a group starts is called so, followed by the group's name and {@link nameEnd}. */
  readonly namePrefix: string;
  readonly nameEnd: string;
  /** A group's role is called so, followed by the group's name. */
  readonly rolePrefix: string;
  /** How many minutes a sample stands for: the time between two. */
  readonly sampleMinutes: number;
}

const names = [
  "ENVIRONMENT",
  "DOMAIN_ID",
  "GROUPS",
  "NAME_PREFIX",
  "NAME_END",
  "ROLE_PREFIX",
  "SAMPLE_MINUTES",
] as const;

/**
 * Reads the variables that the analytics stack sets.
 * @throws EnvironmentError naming every one that is missing or wrong.
 */
export function readGpuMeterEnvironment(variables: Readonly<Record<string, string | undefined>>): GpuMeterEnvironment {
  const missing = names.filter((name) => !variables[name]);
  const again = "The analytics stack sets them; deploy it again.";
  if (missing.length > 0) throw new EnvironmentError(`Environment variables missing: ${missing.join(", ")}. ${again}`);
  const value = (name: (typeof names)[number]): string => variables[name] ?? "";
  const sampleMinutes = Number(value("SAMPLE_MINUTES"));
  if (!Number.isInteger(sampleMinutes) || sampleMinutes < 1) {
    const got = value("SAMPLE_MINUTES");
    throw new EnvironmentError(`SAMPLE_MINUTES: expected a whole number from 1 on, but got ${got}. ${again}`);
  }
  return {
    environment: value("ENVIRONMENT"),
    domainId: value("DOMAIN_ID"),
    groups: value("GROUPS").split(","),
    namePrefix: value("NAME_PREFIX"),
    nameEnd: value("NAME_END"),
    rolePrefix: value("ROLE_PREFIX"),
    sampleMinutes,
  };
}
