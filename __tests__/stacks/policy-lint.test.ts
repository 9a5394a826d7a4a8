import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { environmentWith, type SynthesizedStack, synth } from "../support/synth";

type Finding = readonly [name: string, sid: string, issue: string, detail: string];

/** Where the set-up of `npm test` puts parliament. */
const python = join(repositoryFolder(), ".cache", "workflow-checks", "bin", "python");
/** What stands in place of Terraform's references, by the beginning of each: something of the form that it has. */
const made = {
  aws_cloudwatch_log_group: "arn:aws:logs:eu-central-1:333333333333:log-group:/aws/lambda/any",
  aws_sagemaker_domain: "d-0123456789ab",
  "": "arn:aws:kms:eu-central-1:333333333333:key/00000000-0000-4000-8000-000000000000",
};
const madeOf = (reference: string): string =>
  Object.entries(made).find(([type]) => reference.startsWith("$".concat("{", type)))?.[1] ?? "";

function lint(policies: Readonly<Record<string, unknown>>): Finding[] {
  const script = join(__dirname, "lint-policies.py");
  return JSON.parse(execFileSync(python, [script], { input: JSON.stringify(policies), encoding: "utf8" }));
}

const stacks = synth(environmentWith("prod"));

const policiesOf = ({ resource }: SynthesizedStack, types = ["aws_iam_role_policy"]) =>
  Object.fromEntries(
    types
      .flatMap((type) => Object.entries(resource[type] ?? {}))
      .map(([id, { policy }]) => [
        id,
        JSON.parse(
          String(policy)
            .replaceAll(/(?<!\$)\$\{[^}]*\}/g, madeOf)
            .replaceAll("$${", "$".concat("{")),
        ),
      ]),
  );

/** Findings that are meant, by statement and issue, each with its reason. */
const meant: Readonly<Record<string, string>> = {
  "RunInNetwork RESOURCE_STAR":
    "a network interface is no group's own; AWS's own list of what jobs in a VPC need has no resources",
  "RunNotebooks RESOURCE_MISMATCH": "one statement is for apps and spaces, and parliament knows no variable in an ARN",
  "SignInAsOneself RESOURCE_MISMATCH": "parliament knows no variable in an ARN",
  "StartPrebuiltModels RESOURCE_MISMATCH": "of whatever type: IAM limits the length of all policies of a role together",
  "StartTrainingAndPrebuiltModelsAndBatchInference RESOURCE_MISMATCH": "the same",
  "OnlyTheseInstanceTypes UNKNOWN_CONDITION_FOR_ACTION":
    "a refusal of all that is made: without the key it does not apply",
  "OnlyThisLong UNKNOWN_CONDITION_FOR_ACTION":
    "a refusal by wildcard: jobs that have no such key are granted to nobody",
  "OnlyTheseSubnets UNKNOWN_CONDITION_FOR_ACTION": "the same",
  "OnlyThisSecurityGroup UNKNOWN_CONDITION_FOR_ACTION": "the same",
  "OnlyEncryptedOutput UNKNOWN_CONDITION_FOR_ACTION": "the same",
  "OnlyEncryptedDisks UNKNOWN_CONDITION_FOR_ACTION": "the same",
};

it("parliament finds nothing in the policies of groups, and of what measures them, but what is meant", () => {
  const policies = policiesOf(stacks.analytics);
  expect(Object.keys(policies).length).toBeGreaterThan(1);
  const found = lint(policies).map(([, sid, issue, detail]) => [`${sid} ${issue}`, detail] as const);
  expect(found.filter(([finding]) => !Object.hasOwn(meant, finding))).toEqual([]);
  // A reason for what is no longer found would hide what comes next.
  expect(Object.keys(meant).filter((finding) => !found.some(([other]) => other === finding))).toEqual([]);
});

it("no policy of any stack names an action or a condition's operator that AWS does not have", () => {
  const all = Object.values(stacks).map((stack) => policiesOf(stack, ["aws_iam_role_policy", "aws_iam_policy"]));
  const unknown = ["UNKNOWN_ACTION", "UNKNOWN_OPERATOR", "UNKNOWN_PREFIX", "MALFORMED", "INVALID_SID"];
  expect(lint(Object.assign({}, ...all)).filter(([, , issue]) => unknown.includes(issue))).toEqual([]);
});

const { analytics: _, ...others } = stacks;

it("no right outside analytics stands under a condition that AWS never asks about, which would never be met", () => {
  const all = Object.values(others).map((stack) => policiesOf(stack, ["aws_iam_role_policy", "aws_iam_policy"]));
  const found = lint(Object.assign({}, ...all));
  expect(found.filter(([, , issue]) => issue === "UNKNOWN_CONDITION_FOR_ACTION")).toEqual([]);
});

it("an action of which AWS limits no resource is granted on everything, as it would be nowhere else", () => {
  const all = Object.values(others).map((stack) => policiesOf(stack));
  const found = lint(Object.assign({}, ...all)).filter(([, , issue]) => issue === "RESOURCE_MISMATCH");
  expect(found.filter(([, , , detail]) => detail.includes("'required_format': '*'"))).toEqual([]);
});

it("parliament would find what is wrong", () => {
  const statement = { Sid: "Wrong", Effect: "Allow", Action: ["s3:GetObjekt"], Resource: ["*"] };
  expect(lint({ wrong: { Version: "2012-10-17", Statement: [statement] } })).toEqual([
    ["wrong", "Wrong", "UNKNOWN_ACTION", "Unknown action s3:GetObjekt"],
  ]);
  const at = { Sid: "Wrong", Effect: "Allow", Resource: ["arn:aws:lambda:eu-central-1:333333333333:function:any"] };
  const condition = { ArnLike: { "lambda:FunctionArn": "arn:aws:lambda:eu-central-1:333333333333:function:any" } };
  const never = { ...at, Action: ["lambda:TagResource"], Condition: condition };
  expect(lint({ wrong: { Version: "2012-10-17", Statement: [never] } })).toEqual([
    [
      "wrong",
      "Wrong",
      "UNKNOWN_CONDITION_FOR_ACTION",
      "Unknown condition lambda:FunctionArn for action lambda:TagResource",
    ],
  ]);
  const nowhere = { ...at, Action: ["kafka:GetBootstrapBrokers"] };
  expect(lint({ wrong: { Version: "2012-10-17", Statement: [nowhere] } })).toEqual([
    ["wrong", "Wrong", "RESOURCE_MISMATCH", "[{'action': 'kafka:GetBootstrapBrokers', 'required_format': '*'}]"],
  ]);
});
