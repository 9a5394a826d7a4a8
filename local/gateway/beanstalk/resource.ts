import { entriesOf, type Form } from "../form";
import { AwsError } from "../gap";
import type { FormCall } from "../operation-gap";

/** The version of a resource's tags: name to value. */
export type Tags = Readonly<Record<string, string>>;

export interface Application {
  readonly ApplicationName: string;
  readonly ApplicationArn: string;
  readonly Description?: string;
  readonly DateCreated: string;
  readonly DateUpdated: string;
  readonly ResourceLifecycleConfig?: Record<string, never>;
}

export interface Version {
  readonly ApplicationName: string;
  readonly VersionLabel: string;
  readonly ApplicationVersionArn: string;
  readonly Description?: string;
  readonly SourceBundle: { readonly S3Bucket: string; readonly S3Key: string };
  readonly Status: string;
  readonly DateCreated: string;
  readonly DateUpdated: string;
}

export interface Setting {
  readonly Namespace: string;
  readonly OptionName: string;
  readonly ResourceName?: string;
  readonly Value?: string;
}

/** What Beanstalk made for an environment in Elastic Load Balancing. */
export interface Balancer {
  readonly loadBalancerArn: string;
  readonly targetGroupArn: string;
  readonly listenerArn: string;
  readonly port: number;
}

export interface Environment {
  readonly ApplicationName: string;
  readonly EnvironmentName: string;
  readonly EnvironmentId: string;
  readonly EnvironmentArn: string;
  readonly settings: readonly Setting[];
  readonly balancer?: Balancer | undefined;
  readonly [field: string]: unknown;
}

export const applications = ({ context }: FormCall) => context.state<Application>("applications");
export const versions = ({ context }: FormCall) => context.state<Version>("versions");
export const environments = ({ context }: FormCall) => context.state<Environment>("environments");
export const tagsOf = ({ context }: FormCall) => context.state<Tags>("tags");

export const arnOf = ({ request }: FormCall, resource: string): string =>
  `arn:aws:elasticbeanstalk:${request.region}:${request.account}:${resource}`;

/** Tags of a form's list, `Tags.member` or `TagsToAdd.member`. */
export const readTags = (form: Form, list: string): Tags =>
  Object.fromEntries(entriesOf(form, list).map((tag) => [tag.get("Key") ?? "", tag.get("Value") ?? ""]));

export const text = (form: Form, name: string): string => form.get(name) ?? "";

/** `{ Description: "…" }`, or nothing where the form has no such field. */
export const optional = <N extends string>(form: Form, name: N): { readonly [K in N]?: string } =>
  (form.has(name) ? { [name]: form.get(name) } : {}) as { readonly [K in N]?: string };

export const time = ({ context }: FormCall): string => context.now().toISOString();

/** @throws AwsError InvalidParameterValue. */
export const found = <T>(record: T | undefined, what: string): T => {
  if (record === undefined) throw new AwsError("InvalidParameterValue", `No ${what} found.`);
  return record;
};
