import { environmentWith, resource, synth } from "../support/synth";

const { analytics } = synth(environmentWith("prod"));
const all = (type: string) => Object.values(analytics.resource[type] ?? {});

/** What a budget counts, by its name. */
const counted = Object.fromEntries(
  all("aws_budgets_budget").map(({ name, cost_filter }) => [name, cost_filter] as const),
);
const by = (tag: string, value: string) => [{ name: "TagKeyValue", values: [`user:${tag}$${value}`] }];

it("budgets count what has the environment's tag, or the group's, which names the environment, too", () => {
  expect(counted).toEqual({
    "darkroom-prod-budget": by("environment", "prod"),
    "darkroom-prod-budget-image-analysts": by("group", "prod-image-analysts"),
    "darkroom-prod-budget-image-scientists": by("group", "prod-image-scientists"),
  });
});

it.each(["image-analysts", "image-scientists"])("all that costs something for %s has both tags", (group) => {
  const tag = `prod-${group}`;
  // What people start, by the refusals of their role.
  const policy = String(resource(analytics, "aws_iam_role_policy", `analysts-${group}`).policy);
  const statements = JSON.parse(policy).Statement as { Sid: string; Action: string[]; Condition: unknown }[];
  const demanded = statements
    .filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes("aws:RequestTag/"))
    .map(({ Action, Condition }) => [Action, Condition]);
  const billed = ["sagemaker:Create*Job", "sagemaker:CreateEndpoint"];
  expect(demanded).toEqual([
    [billed, { StringNotEquals: { "aws:RequestTag/group": tag } }],
    [billed, { StringNotEquals: { "aws:RequestTag/environment": "prod" } }],
  ]);
  // Their spaces and apps, by what Studio hands on from domain and profile.
  expect(resource(analytics, "aws_sagemaker_domain").tag_propagation).toBe("ENABLED");
  const people = { "image-analysts": ["ada.okafor", "ben.lind"], "image-scientists": ["chen.wei"] }[group];
  const profiles = all("aws_sagemaker_user_profile").map(({ tags }) => tags as { group: string; person: string });
  expect(profiles.filter((tags) => tags.group === tag).map(({ person }) => person)).toEqual(people);
  // Their queries.
  expect(resource(analytics, "aws_athena_workgroup", `queries-${group}`).tags).toEqual({ group: tag });
  // And whatever Terraform makes.
  expect(analytics.provider.aws?.[0]?.default_tags).toMatchObject([{ tags: { environment: "prod" } }]);
});
