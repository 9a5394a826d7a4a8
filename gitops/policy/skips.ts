import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { describeValue } from "../../environments/faults/describe-value";
import { explainIssues } from "../../environments/faults/explain";
import { faultText, pathText } from "../../environments/faults/fault";
import { valueAt } from "../../environments/faults/value-at";
import { readYaml } from "../../environments/yaml-file";
import { UserError } from "../user-error";

/** Where all exceptions are kept; the code holds none. */
export const skipsFile = "policy-skips.yaml";

const why = "a reason that somebody can judge, of 20 letters or more";
const day = "a day, for example 2027-01-31";
const skipsSchema = z.strictObject({
  skips: z.array(
    z.strictObject({
      rule: z.string("a rule of checkov").regex(/^CKV2?_AWS_\d+$/, "a rule of checkov, for example CKV_AWS_18"),
      /** Path of a construct; `*` stands for any characters. */
      resource: z.string("the path of a construct").min(1, "the path of a construct"),
      reason: z.string(why).min(20, why),
      /** Last day on which it holds. */
      until: z
        .string(day)
        .regex(/^\d{4}-\d{2}-\d{2}$/, day)
        .optional(),
    }),
  ),
});

/** Findings that are meant. */
export interface Skip {
  readonly rule: string;
  /** Construct path, for example `*-data/logs/Default`; `*` stands for any characters. */
  readonly resource: string;
  readonly reason: string;
  /** Last day on which it holds. @default - for good */
  readonly until?: string | undefined;
  /** `policy-skips.yaml:12:5` */
  readonly place: string;
}

/** @throws UserError naming every fault with its line */
export function readSkips(root: string): Skip[] {
  const path = join(root, skipsFile);
  if (!existsSync(path)) return [];
  const yaml = readYaml(readFileSync(path, "utf8"));
  const parsed = skipsSchema.safeParse(yaml.value);
  const faults = [
    ...yaml.syntax.map((fault) => ({ path: "", ...fault })),
    ...(parsed.success || yaml.value === undefined
      ? []
      : explainIssues(skipsSchema, yaml.value, parsed.error.issues).map((fault) => ({
          ...fault,
          ...yaml.position(fault.path, fault.atKey ? "key" : "value"),
          path: pathText(fault.path),
          came: fault.came ?? describeValue(valueAt(yaml.value, fault.path)),
        }))),
  ];
  if (faults.length > 0 || !parsed.success) {
    throw new UserError(faults.map((fault) => faultText({ file: skipsFile, ...fault })).join("\n"));
  }
  return parsed.data.skips.map((skip, index) => {
    const { line, column } = yaml.position(["skips", index], "value");
    return { ...skip, place: `${skipsFile}:${line}:${column}` };
  });
}
