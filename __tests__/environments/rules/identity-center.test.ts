import { edited, faultsOf } from "../edited";

const role = (name: string, account = "999999999999") => `arn:aws:iam::${account}:role/${name}`;
const section = (changes: Record<string, string | undefined> = {}) => {
  const settings = {
    account: '"999999999999"',
    region: "eu-central-1",
    groupsOwner: "identity-provider",
    planRoleArn: role("identity-plan"),
    applyRoleArn: role("identity-apply"),
    ...changes,
  };
  const lines = Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [`    ${key}: ${value}\n`],
  );
  return ["alerts:\n", `  identityCenter:\n${lines.join("")}alerts:\n`] as const;
};

it("is left out, or says where Identity Center is", () => {
  expect(edited([]).analytics.identityCenter).toBeUndefined();
  expect(edited([section()]).analytics.identityCenter?.account).toBe("999999999999");
});

it("has to be in the environment's region", () => {
  expect(faultsOf([section({ region: "us-east-1" })])).toEqual([
    '92:13 analytics.identityCenter.region: expected the region of the environment, eu-central-1: Studio takes people only of an Identity Center in its own region, but got "us-east-1" (text). Put the environment into that region, or write signIn: iam and remove the section.',
  ]);
});

it("is refused where people sign in by IAM", () => {
  expect(faultsOf([["signIn: sso", "signIn: iam"], section()])).toEqual([
    "91:5 analytics.identityCenter: expected no identityCenter where people sign in by IAM, but signIn is iam. Remove the section, or write signIn: sso.",
  ]);
});

it("needs both roles, everywhere but in local", () => {
  const neither = section({ planRoleArn: undefined, applyRoleArn: undefined });
  const fault = (key: string) =>
    `90:3 analytics.identityCenter.${key}: expected a role in the account 999999999999, in every environment but local, but it is missing. Have both roles made, as docs/sign-in.md says, and write their ARNs.`;
  expect(faultsOf([neither])).toEqual([fault("planRoleArn"), fault("applyRoleArn")]);
  expect(faultsOf([section({ applyRoleArn: undefined })])).toEqual([
    "90:3 analytics.identityCenter.applyRoleArn: expected a role in the account 999999999999, as the other role is there, but it is missing. Have both roles made, as docs/sign-in.md says, and write their ARNs.",
  ]);
});

it("refuses a role of another account, and one role for both", () => {
  expect(faultsOf([section({ planRoleArn: role("plan", "888888888888") })])).toEqual([
    "94:18 analytics.identityCenter.planRoleArn: expected a role in the account of Identity Center, 999999999999, but got one in 888888888888. Correct the one or the other.",
  ]);
  expect(faultsOf([section({ planRoleArn: role("identity-apply") })])).toEqual([
    "94:18 analytics.identityCenter.planRoleArn: expected a role that only reads, as every pull request may take it, but got the role of applies. Have both roles made, as docs/sign-in.md says, and write their ARNs.",
  ]);
});

it.each([
  [
    "planRoleArn",
    '"arn:aws:iam::999999999999:role/*"',
    "94:18",
    "the ARN of a role, for example arn:aws:iam::999999999999:role/darkroom-identity-apply",
  ],
  ["groupsOwner", '"nobody"', "93:18", "darkroom or identity-provider"],
])("refuses %s: %s", (key, value, at, expected) => {
  expect(faultsOf([section({ [key]: value })])).toEqual([
    expect.stringContaining(`${at} analytics.identityCenter.${key}: expected ${expected}, but got ${value} (text).`),
  ]);
});
