import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Stack } from "../terraform/manifest";
import { messageOf, UserError } from "../user-error";

/** A stack as checkov gets it. */
export interface StackCopy {
  readonly stack: string;
  /** By `<type>.<id>` of a resource or data source, and by the id alone. */
  readonly elements: ReadonlyMap<string, StackElement>;
}

/** A resource or data source of a stack. */
export interface StackElement {
  /** `aws_s3_bucket.logs` */
  readonly address: string;
  /** Of the construct: `prod-data/logs/Default`. */
  readonly path: string;
}

const element = z.looseObject({
  "//": z.looseObject({ metadata: z.looseObject({ path: z.string() }).optional() }).optional(),
});
const blocks = z.record(z.string(), z.record(z.string(), element)).default({});
const stackSchema = z.looseObject({ resource: blocks, data: blocks });

/**
 * Copies stacks to `<folder>/<stack>/cdk.tf.json` without their keys `terraform` and `//`: checkov 3.3 fails at the text
 * behind `terraform.required_version`, says so in a count alone, and then finds nothing in the whole file.
 * @returns those that have anything to look at
 * @throws UserError when a stack can't be read
 */
export function copyStacks(stacks: readonly Stack[], folder: string): StackCopy[] {
  return stacks.flatMap(({ name: stack, folder: from }) => {
    const { "//": _notes, terraform: _terraform, ...rest } = readStack(join(from, "cdk.tf.json"));
    const elements = [rest.resource, rest.data].flatMap((kind) =>
      Object.entries(kind).flatMap(([type, each]) => Object.entries(each).map(([id, found]) => ({ type, id, found }))),
    );
    if (elements.length === 0) return [];
    mkdirSync(join(folder, stack), { recursive: true });
    writeFileSync(join(folder, stack, "cdk.tf.json"), JSON.stringify(rest));
    const known = elements.flatMap(({ type, id, found }) => {
      const one = { address: `${type}.${id}`, path: found["//"]?.metadata?.path ?? `${stack}/${id}` };
      return [[id, one] as const, [one.address, one] as const];
    });
    return [{ stack, elements: new Map(known) }];
  });
}

function readStack(file: string): z.infer<typeof stackSchema> {
  try {
    return stackSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected a synthesized stack in ${file}, but ${why}: run \`npm run synth\` again.`);
  }
}
