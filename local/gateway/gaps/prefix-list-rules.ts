import { type Form, formOf } from "../form";
import type { Gap, GapContext, GapRequest } from "../gap";
import { element, textsOf } from "../xml";

/** `IpPermissions.1.PrefixListIds.1.PrefixListId` or `SecurityGroupRule.1.SecurityGroupRule.PrefixListId`. */
const prefixListField =
  /^(?:(.*)\.PrefixListIds\.(\d+)\.PrefixListId|(SecurityGroupRule\.\d+\.SecurityGroupRule)\.PrefixListId)$/;
const writes = new Set(["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"]);

/** An address range that stands for the list in the emulated account, which knows rules by range only. */
const standIn = (prefixList: string): string => {
  const digits = Number.parseInt(prefixList.replace(/^pl-/, "").slice(0, 6), 16) || 0;
  return `240.${(digits >> 16) & 255}.${(digits >> 8) & 255}.${digits & 255}/32`;
};

const replaced = (form: Form): { readonly form: Form; readonly lists: readonly string[] } => {
  const lists: string[] = [];
  const fields = [...form].map(([key, value]): [string, string] => {
    const [, permission, index, rule] = key.match(prefixListField) ?? [];
    if (permission !== undefined) {
      lists.push(value);
      return [`${permission}.IpRanges.${index}.CidrIp`, standIn(value)];
    }
    if (rule !== undefined) {
      lists.push(value);
      return [`${rule}.CidrIpv4`, standIn(value)];
    }
    return [key.replace(/\.PrefixListIds\.(\d+)\.Description$/, ".IpRanges.$1.Description"), value];
  });
  return { form: new URLSearchParams(fields), lists };
};

const forward = async (request: GapRequest, { state, upstream }: GapContext) => {
  const lists = state<string>("prefix-lists");
  if (writes.has(request.operation ?? "")) {
    const { form, lists: named } = replaced(formOf(request.body));
    for (const list of named) lists.put(standIn(list), list);
    return upstream(request, { body: Buffer.from(form.toString()) });
  }
  return upstream(request);
};

export const prefixListRules: Gap = {
  name: "prefix-list-rules",
  service: "ec2",
  description: "Security group rules whose peer is a prefix list.",
  handles: ({ operation = "" }) => writes.has(operation) || operation === "DescribeSecurityGroupRules",
  async answer(request, context) {
    const reply = await forward(request, context);
    const lists = context.state<string>("prefix-lists");
    const body = textsOf(reply.body.toString(), "cidrIpv4").reduce((text, range) => {
      const list = lists.get(range);
      return list ? text.replaceAll(element("cidrIpv4", range), element("prefixListId", list)) : text;
    }, reply.body.toString());
    return { ...reply, body };
  },
};
