import { environmentWith, resource, type SynthesizedStack, synth } from "../support/synth";

const prod = synth(environmentWith("prod"));
const dev = synth(environmentWith("dev"));
const ofType = (stack: SynthesizedStack, type: string) => Object.values(stack.resource[type] ?? {});
const named = (stack: SynthesizedStack, type: string, attribute: string) =>
  ofType(stack, type)
    .map((attributes) => attributes[attribute])
    .sort();

describe("the stack in the account of IAM Identity Center", () => {
  it("has one provider, which changes nothing in another account and takes the role of whoever plans or applies", () => {
    expect(prod.identity.provider).toEqual({
      aws: [
        {
          alias: "identity-center",
          region: "eu-central-1",
          allowed_account_ids: ["999999999999"],
          assume_role: [
            {
              role_arn: "$".concat(
                '{var.phase == "apply" ? "arn:aws:iam::999999999999:role/darkroom-prod-identity-apply" : "arn:aws:iam::999999999999:role/darkroom-prod-identity-plan"}',
              ),
              session_name: "darkroom",
            },
          ],
          default_tags: [
            {
              tags: {
                application: "darkroom",
                costCentre: "image-platform",
                environment: "prod",
                layer: "identity",
                owner: "image-platform",
              },
            },
          ],
        },
      ],
    });
    expect((prod.identity as unknown as { variable: object }).variable).toEqual({
      phase: { type: "string", default: "plan", ephemeral: true },
    });
  });

  it.each([
    ["prod", prod],
    ["dev", dev],
  ])("leaves nothing in %s to a provider that is not named", (_, { identity }) => {
    const { terraform_remote_state: __, ...data } = identity.data ?? {};
    const all = [...Object.values(identity.resource), ...Object.values(data)].flatMap((found) => Object.values(found));
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter(({ provider }) => provider !== "aws.identity-center")).toEqual([]);
  });

  it("is not there where nobody gave Darkroom a way into Identity Center", () => {
    expect(Object.keys(synth(environmentWith("prod", { "analytics.identityCenter": undefined })))).toEqual([
      "bootstrap",
      "network",
      "data",
      "streaming",
      "compute",
      "analytics",
    ]);
  });
});

describe("groups", () => {
  it("of an outside identity provider are looked up, never made", () => {
    expect(Object.keys(prod.identity.resource).sort()).toEqual([
      "aws_ssoadmin_account_assignment",
      "aws_ssoadmin_application_assignment",
      "aws_ssoadmin_permission_set",
      "aws_ssoadmin_permission_set_inline_policy",
    ]);
    expect(
      Object.values(prod.identity.data?.aws_identitystore_group ?? {}).map(
        ({ alternate_identifier }) =>
          (alternate_identifier as { unique_attribute: { attribute_value: string } }).unique_attribute.attribute_value,
      ),
    ).toEqual(["image-analysts", "image-scientists"]);
  });

  it("of Darkroom are made, with the people that the file names, under a name of the environment", () => {
    expect(named(dev.identity, "aws_identitystore_group", "display_name")).toEqual(["darkroom-dev-image-analysts"]);
    expect(ofType(dev.identity, "aws_identitystore_group_membership").map(({ member_id }) => member_id)).toEqual([
      expect.stringMatching(/^\$\{data\.aws_identitystore_user\.image-analysts_person-ada-okafor_\w+\.user_id\}$/),
      expect.stringMatching(/^\$\{data\.aws_identitystore_user\.image-analysts_person-ben-lind_\w+\.user_id\}$/),
    ]);
  });

  it("get into the Studio domain, and into the account by a permission set of their own", () => {
    for (const assignment of ofType(prod.identity, "aws_ssoadmin_application_assignment")) {
      expect(assignment.principal_type).toBe("GROUP");
      expect(assignment.application_arn).toContain("single_sign_on_application_arn");
    }
    expect(named(prod.identity, "aws_ssoadmin_permission_set", "name")).toEqual([
      "prod-image-analysts",
      "prod-image-scientists",
    ]);
    expect(named(prod.identity, "aws_ssoadmin_account_assignment", "target_id")).toEqual([
      "333333333333",
      "333333333333",
    ]);
  });
});

describe("a permission set", () => {
  const policies = Object.entries(prod.identity.resource.aws_ssoadmin_permission_set_inline_policy ?? {}).map(
    ([id, { inline_policy }]) => [id, String(inline_policy)] as const,
  );

  it.each(policies)("%s fits into IAM Identity Center's 10,240 characters", (_, policy) => {
    // Terraform puts an ARN of some 75 characters in place of a longer expression.
    expect(policy.length).toBeLessThan(10_240);
  });

  it.each(policies)("%s reads, asks and finds, and starts or opens nothing", (_, policy) => {
    const { Statement } = JSON.parse(policy) as { Statement: { Effect: string; Action: string[] }[] };
    const granted = Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
    expect(granted).toEqual(expect.arrayContaining(["s3:GetObject", "athena:StartQueryExecution", "kms:Decrypt"]));
    expect(granted.filter((action) => /^sagemaker:/.test(action)).sort()).toEqual([
      "sagemaker:DescribeDomain",
      "sagemaker:DescribeUserProfile",
      "sagemaker:ListDomains",
      "sagemaker:ListUserProfiles",
    ]);
    expect(granted.filter((action) => !/^(sagemaker|s3|athena|glue|kms):/.test(action))).toEqual([]);
    // Wildcards are for reading only, for policies have little room.
    expect(granted.filter((action) => action.includes("*") && !/^(athena|glue):(Get|List)\w*\*$/.test(action))).toEqual(
      [],
    );
  });
});

describe("profiles in Studio", () => {
  const roleOf = (stack: SynthesizedStack, person: string) =>
    (resource(stack, "aws_sagemaker_user_profile", `profile-${person}`).user_settings as { execution_role: string })
      .execution_role;

  it("have the role of their group, and the name by which Identity Center knows the person", () => {
    expect(roleOf(prod.analytics, "ada-okafor")).toMatch(/^\$\{aws_iam_role\.analysts-image-analysts_role_\w+\.arn\}$/);
    expect(roleOf(prod.analytics, "chen-wei")).toMatch(/^\$\{aws_iam_role\.analysts-image-scientists_role_\w+\.arn\}$/);
    expect(resource(prod.analytics, "aws_sagemaker_user_profile", "profile-ada-okafor")).toMatchObject({
      user_profile_name: "ada-okafor",
      single_sign_on_user_identifier: "UserName",
      single_sign_on_user_value: "ada.okafor",
      tags: { person: "ada.okafor", group: "prod-image-analysts" },
    });
  });

  it("keep their id, and with it the person's files, when the person changes the group", () => {
    const moved = synth(
      environmentWith("prod", {
        "analytics.groups.0.people": ["ben.lind"],
        "analytics.groups.1.people": ["chen.wei", "ada.okafor"],
      }),
    );
    expect(Object.keys(moved.analytics.resource.aws_sagemaker_user_profile ?? {}).sort()).toEqual(
      Object.keys(prod.analytics.resource.aws_sagemaker_user_profile ?? {}).sort(),
    );
    expect(roleOf(moved.analytics, "ada-okafor")).toMatch(
      /^\$\{aws_iam_role\.analysts-image-scientists_role_\w+\.arn\}$/,
    );
  });

  it("know no Identity Center where people sign in by IAM", () => {
    const iam = synth(environmentWith("prod", { "analytics.signIn": "iam", "analytics.identityCenter": undefined }));
    const profile = resource(iam.analytics, "aws_sagemaker_user_profile", "profile-ada-okafor");
    expect(Object.keys(profile)).not.toContain("single_sign_on_user_value");
    expect(roleOf(iam.analytics, "ada-okafor")).toMatch(/^\$\{aws_iam_role\.analysts-image-analysts_role_\w+\.arn\}$/);
  });
});
