import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A look-up in IAM Identity Center: whom it looks for, and its construct, `<stack>/<group>/…`. */
const lookUp = z.looseObject({
  "//": z.looseObject({ metadata: z.looseObject({ path: z.string() }) }),
  alternate_identifier: z.looseObject({ unique_attribute: z.looseObject({ attribute_value: z.string() }) }),
});
const lookUps = z.record(z.string(), lookUp).default({});
const schema = z.looseObject({
  data: z.looseObject({ aws_identitystore_group: lookUps, aws_identitystore_user: lookUps }),
});

/** What the provider says of a look-up in vain; the name itself is not in it, only the address of the look-up. */
const inVain =
  /ResourceNotFoundException: (?:GROUP|USER) not found[\s\S]*?with data\.(aws_identitystore_(?:group|user))\.([\w-]+)/g;

/**
 * Groups and people that a stack looked up in IAM Identity Center in vain, in the words of the environment's file (stacks/identity-stack.ts).
 * @param output - what Terraform wrote
 * @param folder - the stack's, with its cdk.tf.json
 */
export function missingInDirectory(output: string, folder: string): string[] {
  const file = join(folder, "cdk.tf.json");
  const failed = [...output.matchAll(inVain)];
  if (failed.length === 0 || !existsSync(file)) return [];
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) return [];
  return failed.flatMap(([, type = "", id = ""]) => {
    const group = type === "aws_identitystore_group";
    const found = parsed.data.data[group ? "aws_identitystore_group" : "aws_identitystore_user"][id];
    return found === undefined ? [] : [words(found, group)];
  });
}

function words(
  { "//": { metadata }, alternate_identifier: identifier }: z.infer<typeof lookUp>,
  group: boolean,
): string {
  const [stack = "", inGroup = ""] = metadata.path.split("/");
  const environment = stack.replace(/-identity$/, "");
  const name = identifier.unique_attribute.attribute_value;
  const field = `environments/${environment}.yaml: analytics.groups[${inGroup}].${group ? "name" : "people"}`;
  return group
    ? `${field}: expected a group of IAM Identity Center, as groupsOwner is identity-provider, but it has no group ${name}. Have the provider send it, or write the name that it has there.`
    : `${field}: expected user names of IAM Identity Center, but it has no user ${name}. Have the person added there, or write the name that they have there.`;
}
