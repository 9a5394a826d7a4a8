import type { Gate } from "../review/gate";
import { counted } from "../settings-diff/words/words";
import type { RawResourceChange } from "../terraform/plan-json";

type Attributes = Readonly<Record<string, unknown>>;

/** What a resource deletes by itself, each with the days after which; nothing that stays for good. */
type Deletions = ReadonlyMap<string, number>;

/**
 * What is kept for fewer days than before: Terraform calls it a change in place. Settings say so in their own words; this also sees what
 * a change of code does.
 */
export function retentionGates({ address, type, change }: RawResourceChange): Gate[] {
  const deletionsOf = readers[type];
  if (deletionsOf === undefined || !isMap(change.before) || !isMap(change.after)) return [];
  const [before, after] = [deletionsOf(change.before), deletionsOf(change.after)];
  return [...after].flatMap(([what, days]) => {
    const was = before.get(what);
    if (was !== undefined && was <= days) return [];
    const instead = was === undefined ? ", which stayed so far" : ` instead of ${was.toLocaleString("en-US")}`;
    return [
      {
        kind: "retention-shortened" as const,
        subject: address,
        words: `It deletes ${what} after ${counted(days, "day")}${instead}.`,
      },
    ];
  });
}

const readers: Readonly<Record<string, (attributes: Attributes) => Deletions>> = {
  // 0: for good (CloudWatch Logs API reference, PutRetentionPolicy).
  aws_cloudwatch_log_group: ({ retention_in_days: days }) => new Map(isDays(days) ? [["log lines", days]] : []),
  // Of two rules for the same objects, the earlier one counts: it is the last in the map.
  aws_s3_bucket_lifecycle_configuration: ({ rule }) =>
    new Map(
      maps(rule)
        .flatMap(ruleDeletions)
        .sort(([, one], [, other]) => other - one),
    ),
};

/** Each kind of object by what it is chosen by, so that a rule that comes to choose others counts as a new one. */
function ruleDeletions({ status, filter, prefix, expiration, noncurrent_version_expiration }: Attributes) {
  if (status !== "Enabled") return [];
  const chosen = chosenBy(filter, prefix);
  return [
    ...maps(expiration).map(({ days }) => [`objects${chosen}`, days] as const),
    ...maps(noncurrent_version_expiration).map(({ noncurrent_days: days }) => [`old versions${chosen}`, days] as const),
  ].flatMap(([what, days]): [string, number][] => (isDays(days) ? [[what, days]] : []));
}

function chosenBy(filter: unknown, prefix: unknown): string {
  const [first = {}] = maps(filter);
  const said = Object.entries({ prefix, ...first }).filter(([, value]) => !isEmpty(value));
  if (said.length === 0) return "";
  const [[name, value] = []] = said;
  return said.length === 1 && name === "prefix"
    ? ` below ${value}`
    : ` chosen by ${JSON.stringify(Object.fromEntries(said))}`;
}

const isDays = (value: unknown): value is number => typeof value === "number" && value > 0;
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
const isMap = (value: unknown): value is Attributes =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const maps = (value: unknown): Attributes[] => (Array.isArray(value) ? value.filter(isMap) : []);
