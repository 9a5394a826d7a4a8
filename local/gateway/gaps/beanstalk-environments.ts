import { randomBytes } from "node:crypto";
import { balancerAfter, removeBalancer } from "../beanstalk/load-balancer";
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

const described = ({ settings: _, balancer: __, ...one }: Environment): { [name: string]: XmlValue } => one as never;

const create = async (call: FormCall): Promise<XmlValue> => {
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
  const settings = settingsAfter([], form);
  const balancer = await balancerAfter(call, id, settings, undefined);
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
    settings,
    balancer,
  };
  return described(environments(call).put(id, made));
};

const update = async (call: FormCall): Promise<XmlValue> => {
  const was = environment(call);
  const { form } = call;
  const settings = settingsAfter(was.settings, form);
  const changed: Environment = {
    ...was,
    ...optional(form, "Description"),
    ...optional(form, "VersionLabel"),
    ...optional(form, "SolutionStackName"),
    ...optional(form, "PlatformArn"),
    DateUpdated: time(call),
    settings,
    balancer: await balancerAfter(call, was.EnvironmentId, settings, was.balancer),
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

const terminate = async (call: FormCall): Promise<XmlValue> => {
  const one = environment(call);
  await removeBalancer(call, one.balancer);
  environments(call).remove(one.EnvironmentId);
  tagsOf(call).remove(one.EnvironmentArn);
  return { ...described(one), Status: "Terminated" };
};

export const beanstalkEnvironments = formGap({
  name: "beanstalk-environments",
  service: "elasticbeanstalk",
  description:
    "Elastic Beanstalk environments and their option settings: kept and read back, with an emulated load balancer; `local/web-apps` runs the web apps.",
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
      const { EnvironmentName, EnvironmentId, balancer } = environment(call);
      const none = { Instances: [], LaunchConfigurations: [], LaunchTemplates: [], Triggers: [], Queues: [] };
      // Application load balancers are named by their ARN.
      const LoadBalancers = [{ Name: balancer?.loadBalancerArn ?? `awseb-${EnvironmentId}-alb` }];
      const AutoScalingGroups = [{ Name: `awseb-${EnvironmentId}-asg` }];
      return { EnvironmentResources: { EnvironmentName, AutoScalingGroups, LoadBalancers, ...none } };
    },
    DescribeEvents: () => ({ Events: [] }),
  },
});
