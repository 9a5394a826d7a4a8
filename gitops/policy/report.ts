import { z } from "zod";
import { UserError } from "../user-error";
import type { StackCopy } from "./stack-copies";

/** Something that breaks a rule of checkov. */
export interface Finding {
  /** For example `prod-data`. */
  readonly stack: string;
  /** Path of the construct: `prod-data/logs/Default`. */
  readonly path: string;
  /** `aws_s3_bucket.logs` */
  readonly address: string;
  /** For example CKV_AWS_18. */
  readonly rule: string;
  /** What the rule wants, in checkov's words. */
  readonly wants: string;
}

/** What checkov has looked at and found. */
export interface Report {
  /** How often a rule is kept. */
  readonly passed: number;
  readonly findings: readonly Finding[];
}

const check = z.object({ check_id: z.string(), check_name: z.string(), resource: z.string(), file_path: z.string() });
const reportSchema = z.object({
  results: z.object({ passed_checks: z.array(check), failed_checks: z.array(check) }),
  summary: z.object({ parsing_errors: z.int() }),
});

/**
 * Reads checkov's report. What it could not read, or has not looked at, is a fault: it ends with 0 all the same.
 * @throws UserError when the text is no report, or not one of all the stacks
 */
export function readReport(text: string, copies: readonly StackCopy[]): Report {
  const parsed = reportSchema.safeParse(json(text));
  // Of nothing at all it writes another report, of counts alone.
  if (!parsed.success) throw new UserError("checkov has checked nothing: its report names no resource.");
  const { results, summary } = parsed.data;
  if (summary.parsing_errors > 0) {
    throw new UserError(`checkov could not read ${summary.parsing_errors} of ${copies.length} stacks.`);
  }
  const looked = new Set([...results.passed_checks, ...results.failed_checks].map(stackOf));
  const missed = copies.filter(({ stack }) => !looked.has(stack));
  if (missed.length > 0 || copies.length === 0) {
    const which = missed.map(({ stack }) => stack).join(", ") || "any stack: there is none with a resource";
    throw new UserError(`checkov has checked nothing of ${which}.`);
  }
  const elements = new Map(copies.map((copy) => [copy.stack, copy.elements]));
  const findings = results.failed_checks.map((failed) => {
    const { check_id: rule, check_name: wants, resource: address } = failed;
    const stack = stackOf(failed);
    // Of most types it names no type: `resource.batch`. cdktf gives an id once in a stack, so that it will do.
    const known = elements.get(stack);
    const id = address.slice(address.lastIndexOf(".") + 1);
    const one = known?.get(address) ?? known?.get(id) ?? { address, path: `${stack}/${id}` };
    return { stack, ...one, rule, wants };
  });
  return { passed: results.passed_checks.length, findings: findings.sort(byPlace) };
}

const stackOf = ({ file_path: file }: z.infer<typeof check>): string => file.split("/").at(-2) ?? "";
const keyOf = ({ path, rule, address }: Finding): string => [path, rule, address].join(" ");
const byPlace = (one: Finding, other: Finding): number => (keyOf(one) < keyOf(other) ? -1 : 1);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
