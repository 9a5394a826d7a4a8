import { randomBytes } from "node:crypto";
import {
  applications,
  arnOf,
  type Environment,
  environments,
  found,
  optional,
  readTags,
  tagsOf,
  text,
  time,
} from "../beanstalk/resource";
import { settingsAfter } from "../beanstalk/settings";
import { listOf, nested } from "../form";
import { AwsError } from "../gap";
import { type FormCall, formGap } from "../operation-gap";
import type { XmlValue } from "../xml";

const environment = (call: FormCall): Environment => {
  const [id, name] = [call.form.get("EnvironmentId"), call.form.get("EnvironmentName")];
  const one = environments(call)
    .all()
    .find(({ EnvironmentId, EnvironmentName }) => EnvironmentId === id || (id === null && EnvironmentName === name));
  return found(one, `Environment '${id ?? name}'`);
};

const described = ({ settings: _, ...one }: Environment): { [name: string]: XmlValue } => one as never;

const create = (call: FormCall): XmlValue => {
  const { form, request } = call;
  const name = text(form, "EnvironmentName");
  const application = text(form, "ApplicationName");
  found(applications(call).get(application), `Application named '${application}'`);
  if (
    environments(call)
      .all()
      .some(({ EnvironmentName }) => EnvironmentName === name)
  ) {
    throw new AwsError("InvalidParameterValue", `Environment ${name} already exists.`);
  }
  const id = `e-${randomBytes(5).toString("hex")}`;
  const arn = arnOf(call, `environment/${application}/${name}`);
  const host = form.get("CNAMEPrefix") ?? `${name}.${id}`;
  tagsOf(call).put(arn, readTags(form, "Tags.member"));
  const made: Environment = {
    ApplicationName: application,
    EnvironmentName: name,
    EnvironmentId: id,
    EnvironmentArn: arn,
    ...optional(form, "Description"),
    ...optional(form, "VersionLabel"),
    ...optional(form, "SolutionStackName"),
    ...optional(form, "TemplateName"),
    PlatformArn:
      form.get("PlatformArn") ??
      `arn:aws:elasticbeanstalk:${request.region}::platform/${text(form, "SolutionStackName")}`,
    CNAME: `${host}.${request.region}.elasticbeanstalk.com`,
    EndpointURL: `${id}.${request.region}.elb.amazonaws.com`,
    Tier: nested(form).Tier ?? { Name: "WebServer", Type: "Standard", Version: "1.0" },
    Status: "Ready",
    Health: "Green",
    HealthStatus: "Ok",
    AbortableOperationInProgress: "false",
    DateCreated: time(call),
    DateUpdated: time(call),
    settings: settingsAfter([], form),
  };
  return described(environments(call).put(id, made));
};

const update = (call: FormCall): XmlValue => {
  const was = environment(call);
  const { form } = call;
  const changed: Environment = {
    ...was,
    ...optional(form, "Description"),
    ...optional(form, "VersionLabel"),
    ...optional(form, "SolutionStackName"),
    ...optional(form, "PlatformArn"),
    DateUpdated: time(call),
    settings: settingsAfter(was.settings, form),
  };
  return described(environments(call).put(was.EnvironmentId, changed));
};

const list = (call: FormCall): XmlValue => {
  const [ids, names] = [listOf(call.form, "EnvironmentIds.member"), listOf(call.form, "EnvironmentNames.member")];
  const application = call.form.get("ApplicationName");
  const all = environments(call)
    .all()
    .filter(({ EnvironmentId }) => ids.length === 0 || ids.includes(EnvironmentId))
    .filter(({ EnvironmentName }) => names.length === 0 || names.includes(EnvironmentName))
    .filter(({ ApplicationName }) => application === null || ApplicationName === application);
  return { Environments: all.map(described) };
};

const terminate = (call: FormCall): XmlValue => {
  const one = environment(call);
  environments(call).remove(one.EnvironmentId);
  tagsOf(call).remove(one.EnvironmentArn);
  return { ...described(one), Status: "Terminated" };
};

export const beanstalkEnvironments = formGap({
  name: "beanstalk-environments",
  service: "elasticbeanstalk",
  description: "Elastic Beanstalk environments and their option settings: kept and read back, no instance is started.",
  operations: {
    CreateEnvironment: create,
    UpdateEnvironment: update,
    DescribeEnvironments: list,
    TerminateEnvironment: terminate,
    DescribeConfigurationSettings: (call) => {
      const { settings, ...one } = environment(call);
      return {
        ConfigurationSettings: [
          {
            ...described({ ...one, settings: [] } as never),
            OptionSettings: settings.map((setting) => ({ ...setting })),
          },
        ],
      };
    },
    DescribeEnvironmentResources: (call) => {
      const { EnvironmentName, EnvironmentId } = environment(call);
      const own = (kind: string) => [{ Name: `awseb-${EnvironmentId}-${kind}` }];
      const none = { Instances: [], LaunchConfigurations: [], LaunchTemplates: [], Triggers: [], Queues: [] };
      return {
        EnvironmentResources: { EnvironmentName, AutoScalingGroups: own("asg"), LoadBalancers: own("alb"), ...none },
      };
    },
    DescribeEvents: () => ({ Events: [] }),
  },
});
