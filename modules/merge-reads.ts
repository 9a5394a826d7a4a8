import type { PolicyStatement } from "./policy";

/** Whether to read objects, unconditionally, is all that a statement lets somebody do. */
const reads = ({ effect, actions, resources, conditions }: PolicyStatement): boolean =>
  effect === undefined && conditions === undefined && resources !== undefined && actions.join() === "s3:GetObject";

/**
 * The same rights, in which one statement says all that may be read, in place of one a place: IAM limits the length of all policies of a
 * role together. `ReadImages` and `ReadFeatures` become `ReadImagesAndFeatures`.
 */
export function mergeReads(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const all = statements.filter(reads);
  const [first] = all;
  if (first === undefined) return [...statements];
  const merged: PolicyStatement = {
    ...first,
    sid: [first.sid, ...all.slice(1).map(({ sid }) => sid.replace(/^Read/, ""))].join("And"),
    resources: all.flatMap(({ resources = [] }) => resources),
  };
  return statements.flatMap((statement) => (statement === first ? [merged] : reads(statement) ? [] : [statement]));
}
