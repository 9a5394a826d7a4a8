import { resource, type SynthesizedStack } from "../../support/synth";
import type { Look } from "./row";

// biome-ignore lint/suspicious/noExplicitAny: the table looks into Terraform's JSON, whose shape each row knows
export type Any = any;
export const one =
  (type: string, part: string, look: (attributes: Any) => unknown): Look =>
  (stack) =>
    look(resource(stack, type, part));
export const policyOf = (stack: SynthesizedStack, part: string): Any =>
  JSON.parse(resource(stack, "aws_iam_role_policy", part).policy as string);
export const statement =
  (part: string, sid: string | RegExp, look: (statement: Any) => unknown): Look =>
  (stack) =>
    look(
      policyOf(stack, part).Statement.find(({ Sid }: Any) => (typeof sid === "string" ? Sid === sid : sid.test(Sid))),
    );
export const lifecycle = (part: string, rule: string) =>
  one(
    "aws_s3_bucket_lifecycle_configuration",
    part,
    ({ rule: rules }) => rules.find(({ id }: Any) => id === rule).expiration[0].days,
  );
export const logDays = one("aws_cloudwatch_log_group", "", ({ retention_in_days }) => retention_in_days);
export const lambda = (part: string, look: (attributes: Any) => unknown) => one("aws_lambda_function", part, look);
export const processing = (look: (settings: Any) => unknown) =>
  lambda("stream", ({ environment }) => look(JSON.parse(environment.variables.PROCESSING)));
export const mapping = (look: (attributes: Any) => unknown) =>
  one("aws_lambda_event_source_mapping", "stream-source", look);
export const cluster = (look: (attributes: Any) => unknown) => one("aws_msk_cluster", "kafka", look);
export const schedule = (look: (attributes: Any) => unknown) => one("aws_scheduler_schedule", "batch-schedule", look);
export const map = (look: (state: Any) => unknown) =>
  one("aws_sfn_state_machine", "batch-workflow", ({ definition }) => look(JSON.parse(definition).States.ProcessListed));
export const beanstalk = (part: string, namespace: string, name: string) =>
  one(
    "aws_elastic_beanstalk_environment",
    part,
    ({ setting }) => setting.find((option: Any) => option.namespace === namespace && option.name === name)?.value,
  );
export const defaultTags =
  (look: (tags: Any) => unknown): Look =>
  ({ provider }) =>
    look((provider as Any).aws[0].default_tags[0].tags);
export const count =
  (type: string, pattern: RegExp): Look =>
  ({ resource: resources }) =>
    Object.keys(resources[type] ?? {}).filter((id) => pattern.test(id)).length;
/** Whom a role trusts: the subjects of GitHub's tokens. */
export const trust = (role: string) =>
  one(
    "aws_iam_role",
    role,
    ({ assume_role_policy }) =>
      JSON.parse(assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"],
  );
