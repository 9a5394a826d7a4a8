import {
  type Application,
  applications,
  arnOf,
  environments,
  found,
  optional,
  readTags,
  tagsOf,
  text,
  time,
  versions,
} from "../beanstalk/resource";
import { listOf, nested } from "../form";
import { AwsError } from "../gap";
import { type FormCall, formGap } from "../operation-gap";
import type { XmlValue } from "../xml";

const nameOf = ({ form }: FormCall): string => text(form, "ApplicationName");
const application = (call: FormCall): Application =>
  found(applications(call).get(nameOf(call)), `Application named '${nameOf(call)}'`);

const described = (one: Application): XmlValue => ({ ...one });

const lifecycle = ({ form }: FormCall) => {
  const { ResourceLifecycleConfig } = nested(form);
  return ResourceLifecycleConfig === undefined ? {} : { ResourceLifecycleConfig: ResourceLifecycleConfig as never };
};

const create = (call: FormCall): XmlValue => {
  if (applications(call).get(nameOf(call))) {
    throw new AwsError("InvalidParameterValue", `Application ${nameOf(call)} already exists.`);
  }
  const arn = arnOf(call, `application/${nameOf(call)}`);
  tagsOf(call).put(arn, readTags(call.form, "Tags.member"));
  const made = applications(call).put(nameOf(call), {
    ApplicationName: nameOf(call),
    ApplicationArn: arn,
    ...optional(call.form, "Description"),
    ...lifecycle(call),
    DateCreated: time(call),
    DateUpdated: time(call),
  });
  return { Application: described(made) };
};

const change = (call: FormCall, part: Partial<Application>): Application =>
  applications(call).put(nameOf(call), { ...application(call), ...part, DateUpdated: time(call) });

const remove = (call: FormCall): XmlValue => {
  const { ApplicationName, ApplicationArn } = application(call);
  if (
    environments(call)
      .all()
      .some((environment) => environment.ApplicationName === ApplicationName)
  ) {
    throw new AwsError(
      "OperationInProgressFailure",
      `Unable to delete application ${ApplicationName}: it has environments.`,
    );
  }
  for (const version of versions(call).all()) {
    if (version.ApplicationName === ApplicationName)
      versions(call).remove(`${ApplicationName}/${version.VersionLabel}`);
  }
  applications(call).remove(ApplicationName);
  tagsOf(call).remove(ApplicationArn);
  return undefined;
};

export const beanstalkApplications = formGap({
  name: "beanstalk-applications",
  service: "elasticbeanstalk",
  description: "Elastic Beanstalk applications.",
  operations: {
    CreateApplication: create,
    DescribeApplications: (call) => {
      const names = listOf(call.form, "ApplicationNames.member");
      const all = applications(call).all();
      return {
        Applications: all.filter((one) => names.length === 0 || names.includes(one.ApplicationName)).map(described),
      };
    },
    UpdateApplication: (call) => ({ Application: described(change(call, optional(call.form, "Description"))) }),
    UpdateApplicationResourceLifecycle: (call) => ({ ...change(call, lifecycle(call)) }),
    DeleteApplication: remove,
  },
});
