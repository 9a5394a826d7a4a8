import type { Gate } from "../review/gate";
import type { RawResourceChange } from "../terraform/plan-json";

type Attributes = Readonly<Record<string, unknown>>;

/** Addresses of the internet, or so many that it comes to the same: two of `/1` are all; nobody owns as many as a `/7`. */
const everywhere = /"\d{1,3}(\.\d{1,3}){3}\/[0-7]"|"[\da-f:]*::\/1?\d"/i;

const mentionsEverywhere = (value: unknown): boolean => everywhere.test(JSON.stringify(value ?? ""));

/** Attributes that close something to the public; each must not become false. */
const closing = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;

/** By type: whether what stands there opens something to the internet. */
const openings: Readonly<Record<string, (attributes: Attributes) => boolean>> = {
  aws_vpc_security_group_ingress_rule: ({ cidr_ipv4, cidr_ipv6 }) => mentionsEverywhere([cidr_ipv4, cidr_ipv6]),
  aws_security_group: ({ ingress }) => mentionsEverywhere(ingress),
  aws_security_group_rule: ({ type, cidr_blocks, ipv6_cidr_blocks }) =>
    type === "ingress" && mentionsEverywhere([cidr_blocks, ipv6_cidr_blocks]),
  aws_lambda_function_url: ({ authorization_type }) => authorization_type !== "AWS_IAM",
  aws_lb: ({ internal }) => internal === false,
  aws_db_instance: ({ publicly_accessible }) => publicly_accessible === true,
  aws_s3_bucket_acl: ({ acl }) => typeof acl === "string" && acl.startsWith("public"),
  aws_instance: ({ associate_public_ip_address }) => associate_public_ip_address === true,
  // Without a word, a load balancer of Beanstalk is public (Beanstalk Developer Guide, "General options", aws:ec2:vpc).
  aws_elastic_beanstalk_environment: ({ setting }) =>
    !list(setting).some(
      ({ namespace, name, value }) => namespace === "aws:ec2:vpc" && name === "ELBScheme" && value === "internal",
    ),
  aws_subnet: ({ map_public_ip_on_launch }) => map_public_ip_on_launch === true,
};

const list = (value: unknown): Attributes[] => (Array.isArray(value) ? (value as Attributes[]) : []);

/** What becomes reachable from the internet and was not. */
export function exposureGates({ address, type, change }: RawResourceChange): Gate[] {
  const gate = (words: string): Gate => ({ kind: "public-exposure", subject: address, words });
  const [before, after] = [change.before, change.after].map((value) =>
    typeof value === "object" && value !== null ? (value as Attributes) : undefined,
  );
  if (type === "aws_s3_bucket_public_access_block") {
    if (after === undefined)
      return change.actions.includes("delete") ? [gate("The bucket is no longer closed to the public.")] : [];
    return closing
      .filter((name) => after[name] !== true && (before === undefined || before[name] === true))
      .map((name) => gate(`${name} is off: the bucket can be opened to the public.`));
  }
  const opens = openings[type];
  if (opens === undefined || after === undefined || change.actions.includes("no-op")) return [];
  const open = opens(after) && !(before !== undefined && opens(before));
  return open ? [gate("It can be reached from the internet.")] : [];
}
