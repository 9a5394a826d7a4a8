import { gatesOf } from "../../../gitops/gates/gates";
import { parsePlan } from "../../../gitops/terraform/plan-json";
import { groupRights } from "../../../modules/group-rights";
import { policyDocument } from "../../../modules/policy";
import { environmentWith } from "../../support/synth";

type Group = Parameters<typeof groupRights>[1];

const gates = (type: string, change: object) =>
  gatesOf(
    parsePlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [{ address: `${type}.x`, mode: "managed", type, change }],
      }),
    ),
  ).map(({ kind, subject, words }) => [kind, subject, words]);

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (action: string | string[], resource: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});
const update = (before: object, after: object, more: object = {}) => ({ actions: ["update"], before, after, ...more });
const policyChange = (before: string | undefined, after: string | undefined) =>
  gates("aws_iam_role_policy", update({ policy: before }, { policy: after })).map(([, , words]) => words);

describe("what keeps data", () => {
  it.each([
    [["delete"], "It is destroyed, with what is in it."],
    [["delete", "create"], "It is replaced by an empty one, with what is in it."],
    [["create", "delete"], "It is replaced by an empty one, with what is in it."],
  ])("is held when the plan says %j", (actions, words) => {
    expect(gates("aws_s3_bucket", { actions, before: {}, after: null })).toEqual([
      ["stateful-destroyed", "aws_s3_bucket.x", words],
    ]);
  });

  it("is not held when it is made or changed, nor is what holds nothing when it goes", () => {
    expect(gates("aws_s3_bucket", { actions: ["create"], after: {} })).toEqual([]);
    expect(gates("aws_kms_key", update({ a: 1 }, { a: 2 }))).toEqual([]);
    expect(gates("aws_route_table", { actions: ["delete"], before: {} })).toEqual([]);
  });
});

describe("a Studio domain", () => {
  const domain = (home_efs_file_system?: string) => ({
    retention_policy: home_efs_file_system === undefined ? [] : [{ home_efs_file_system }],
  });
  const held = (before: object, after: object) => gates("aws_sagemaker_domain", update(before, after));

  it.each([[domain("Retain")], [domain()], [{}]])(
    "that is to take people's files with it is held, from %j",
    (before) => {
      expect(held(before, domain("Delete"))).toEqual([
        [
          "retention-shortened",
          "aws_sagemaker_domain.x",
          "When the domain goes, people's home file system goes with it.",
        ],
      ]);
    },
  );

  it("that is to leave them, or took them before already, is not held", () => {
    expect(held(domain("Delete"), domain("Retain"))).toEqual([]);
    expect(held({ ...domain("Delete"), tags: {} }, { ...domain("Delete"), tags: { a: "b" } })).toEqual([]);
    expect(gates("aws_sagemaker_domain", { actions: ["create"], before: null, after: domain("Delete") })).toEqual([]);
  });
});

describe("rights of a group of analysts", () => {
  const made = {
    kmsKeyArn: "arn:aws:kms:eu-central-1:333333333333:key/1",
    network: { subnetIds: ["s"], securityGroupId: "g" },
  };
  const [group] = environmentWith("prod").analytics.groups as [Group];
  const policy = (changes: object) =>
    policyDocument(groupRights(environmentWith("prod"), { ...group, ...changes }, made));

  it.each([
    [
      "one instance type more",
      { instanceTypes: [...group.instanceTypes, "ml.g5.xlarge"] },
      "no longer denied: sagemaker:Create*",
    ],
    ["longer jobs", { maxRuntimeHours: 100 }, "no longer denied: sagemaker:Create*ingJob"],
    [
      "further data",
      { data: [...group.data, "originals"] },
      "s3:GetObject on arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-uploads/originals/*",
    ],
    ["a further privilege", { access: [...group.access, "training"] }, "sagemaker:CreateTrainingJob"],
  ])("that get %s are seen in the plan", (_, changes, right) => {
    expect(policyChange(policy({}), policy(changes)).join(" ")).toContain(right);
  });

  it("that lose a privilege and data are not held", () => {
    expect(policyChange(policy({}), policy({ access: ["notebooks"], data: ["features"] }))).toEqual([]);
  });
});

describe("rights", () => {
  const read = allow("s3:GetObject", "arn:aws:s3:::b/*");

  it("that are written otherwise are the same", () => {
    const before = document(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::b/*", { Sid: "One" }));
    const after = document(allow("s3:PutObject", ["arn:aws:s3:::b/*"]), read);
    expect(policyChange(before, after)).toEqual([]);
  });

  it.each([
    [
      "an action",
      document(allow(["s3:GetObject", "s3:DeleteObject"], "arn:aws:s3:::b/*")),
      "policy: s3:DeleteObject on arn:aws:s3:::b/*.",
    ],
    [
      "a resource",
      document(allow("s3:GetObject", ["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"])),
      "policy: s3:GetObject on arn:aws:s3:::c/*.",
    ],
    ["a statement without its condition", document(read), undefined],
    [
      "an exception less",
      document({ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }),
      "policy: all but iam:* on *.",
    ],
  ])("that are wider by %s are held", (_, after, words) => {
    expect(policyChange(document(read), after)).toEqual(words === undefined ? [] : [words]);
  });

  it("are wider when a condition goes, and when a Deny goes", () => {
    const condition = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
    expect(policyChange(document({ ...read, ...condition }), document(read))).toEqual([
      "policy: s3:GetObject on arn:aws:s3:::b/*.",
    ]);
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*", ...condition };
    expect(policyChange(document(read, deny), document(read))).toEqual([
      'policy: no longer denied: s3:* on * if {"Bool":{"aws:SecureTransport":"true"}}.',
    ]);
  });

  it("on one value of a condition's list more are held, on one less not, and one of a list is as good as one alone", () => {
    const listing = (...prefixes: string[]) =>
      document(allow("s3:ListBucket", "arn:aws:s3:::b", { Condition: { StringLike: { "s3:prefix": prefixes } } }));
    expect(policyChange(listing("a/*"), listing("a/*", "b/*"))).toEqual([
      'policy: s3:ListBucket on arn:aws:s3:::b if {"StringLike":{"s3:prefix":"b/*"}}.',
    ]);
    expect(policyChange(listing("a/*", "b/*"), listing("b/*"))).toEqual([]);
    const alone = { Condition: { StringLike: { "s3:prefix": "a/*" } } };
    expect(policyChange(listing("a/*"), document(allow("s3:ListBucket", "arn:aws:s3:::b", alone)))).toEqual([]);
  });

  it("are wider when a list of exceptions shrinks, which is told whole", () => {
    const but = (...StringNotLike: string[]) =>
      document(allow("s3:*", "*", { Condition: { StringNotLike: { k: StringNotLike } } }));
    expect(policyChange(but("a", "b"), but("b"))).toEqual(['policy: s3:* on * if {"StringNotLike":{"k":["b"]}}.']);
  });

  it("are narrower without being held", () => {
    expect(policyChange(document(read, allow("s3:PutObject", "*")), document(read))).toEqual([]);
    expect(policyChange(document(read), undefined)).toEqual([]);
  });

  it("of a policy that goes are held only for what it denied", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    const gone = (...statements: object[]) =>
      gates("aws_s3_bucket_policy", { actions: ["delete"], before: { policy: document(...statements) }, after: null });
    expect(gone(read)).toEqual([]);
    expect(gone(deny)).toEqual([
      ["rights-widened", "aws_s3_bucket_policy.x", "policy: no longer denied: *: s3:* on *."],
    ]);
  });

  it("for a new principal are held", () => {
    const trust = (...AWS: string[]) => document({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" });
    expect(
      gates("aws_iam_role", update({ assume_role_policy: trust("a") }, { assume_role_policy: trust("a", "b") })),
    ).toEqual([["rights-widened", "aws_iam_role.x", "assume_role_policy: AWS b: sts:AssumeRole."]]);
  });

  it("that are not known yet are held", () => {
    expect(gates("aws_iam_role_policy", { actions: ["create"], after: {}, after_unknown: { policy: true } })).toEqual([
      [
        "rights-widened",
        "aws_iam_role_policy.x",
        "Its policy is known only when it is applied, so it may give new rights.",
      ],
    ]);
  });

  it("by attaching a policy are held, by detaching one not", () => {
    const words = "It gives somebody the rights of a policy or of a permission.";
    expect(gates("aws_iam_role_policy_attachment", { actions: ["create"], after: {} })).toEqual([
      ["rights-widened", "aws_iam_role_policy_attachment.x", words],
    ]);
    expect(gates("aws_iam_role_policy_attachment", { actions: ["delete"], before: {} })).toEqual([]);
  });

  it.each([
    "aws_ssoadmin_account_assignment",
    "aws_ssoadmin_application_assignment",
    "aws_identitystore_group_membership",
  ])("by a new %s are held", (type) => {
    const words = "It gives somebody the rights of a policy or of a permission.";
    expect(gates(type, { actions: ["create"], after: {} })).toEqual([["rights-widened", `${type}.x`, words]]);
    expect(gates(type, { actions: ["delete"], before: {} })).toEqual([]);
  });

  it("of a role that somebody comes to have in Studio are held", () => {
    const type = "aws_sagemaker_user_profile";
    const of = (name: string) => ({ user_settings: [{ execution_role: `arn:aws:iam::333333333333:role/${name}` }] });
    const held = (words: string) => [["rights-widened", `${type}.x`, words]];
    expect(gates(type, { actions: ["create"], before: null, after: of("analysts") })).toEqual(
      held("It gives somebody the rights of analysts in Studio."),
    );
    expect(gates(type, { actions: ["create"], before: null, after: { user_settings: [{}] } })).toEqual(
      held("It gives somebody the rights of a role that is not known yet in Studio."),
    );
    expect(gates(type, update(of("analysts"), of("scientists")))).toEqual(
      held("It gives somebody the rights of scientists in Studio, in place of analysts."),
    );
    expect(gates(type, update({ ...of("analysts"), tags: {} }, { ...of("analysts"), tags: { a: "b" } }))).toEqual([]);
  });

  it("beyond five are counted", () => {
    const many = document(allow(["a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7"], "*"));
    expect(policyChange(undefined, many)).toEqual([
      "policy: a:1 on *; a:2 on *; a:3 on *; a:4 on *; a:5 on * and 2 more rights.",
    ]);
  });
});

describe("the internet", () => {
  it.each([
    ["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "10.0.0.0/8" }, { cidr_ipv4: "0.0.0.0/0" }],
    ["aws_vpc_security_group_ingress_rule", undefined, { cidr_ipv6: "::/0" }],
    ["aws_security_group", { ingress: [] }, { ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] }],
    ["aws_security_group_rule", undefined, { type: "ingress", cidr_blocks: ["0.0.0.0/0"] }],
    ["aws_lambda_function_url", undefined, { authorization_type: "NONE" }],
    ["aws_lb", { internal: true }, { internal: false }],
    ["aws_db_instance", undefined, { publicly_accessible: true }],
    ["aws_s3_bucket_acl", undefined, { acl: "public-read" }],
    ["aws_instance", undefined, { associate_public_ip_address: true }],
    ["aws_subnet", { map_public_ip_on_launch: false }, { map_public_ip_on_launch: true }],
  ])("is not let in to %s from %j to %j unseen", (type, before, after) => {
    const change = { actions: [before === undefined ? "create" : "update"], before: before ?? null, after };
    expect(gates(type, change)).toEqual([["public-exposure", `${type}.x`, "It can be reached from the internet."]]);
    expect(gates(type, { ...change, actions: ["update"], before: after })).toEqual([]);
  });

  it("stays out of buckets", () => {
    const closed = {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    };
    expect(
      gates("aws_s3_bucket_public_access_block", update(closed, { ...closed, block_public_policy: false })),
    ).toEqual([
      [
        "public-exposure",
        "aws_s3_bucket_public_access_block.x",
        "block_public_policy is off: the bucket can be opened to the public.",
      ],
    ]);
    expect(
      gates("aws_s3_bucket_public_access_block", { actions: ["delete"], before: closed, after: null }),
    ).toHaveLength(1);
    expect(gates("aws_s3_bucket_public_access_block", { actions: ["create"], before: null, after: closed })).toEqual(
      [],
    );
  });
});
