import type { PolicyStatement } from "./policy";

const action = "s3:ListBucket";

/** The bucket that a statement lists, when listing by prefixes is all that it lets somebody do. */
function listed({ effect, actions, resources = [], conditions = {} }: PolicyStatement): string | undefined {
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => `${operator} ${key}`),
  );
  const byPrefix = tests.length === 1 && tests[0] === "StringLike s3:prefix";
  const alone = actions.length === 1 && actions[0] === action && resources.length === 1;
  return effect === undefined && byPrefix && alone ? resources[0] : undefined;
}

const prefixes = ({ conditions }: PolicyStatement): string[] => [conditions?.StringLike?.["s3:prefix"] ?? []].flat();

/**
 * The same rights, in which one statement a bucket lets its prefixes be listed, in place of one a prefix: IAM limits the length of all
 * policies of a role together. `ListImages` and `ListFeatures` become `ListImagesAndFeatures`.
 */
export function mergeLists(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const merged: PolicyStatement[] = [];
  for (const statement of statements) {
    const bucket = listed(statement);
    const at = bucket === undefined ? -1 : merged.findIndex((other) => listed(other) === bucket);
    const other = merged[at];
    if (other === undefined) merged.push(statement);
    else {
      merged[at] = {
        ...other,
        sid: `${other.sid}And${statement.sid.replace(/^List/, "")}`,
        conditions: { StringLike: { "s3:prefix": [...prefixes(other), ...prefixes(statement)] } },
      };
    }
  }
  return merged;
}
