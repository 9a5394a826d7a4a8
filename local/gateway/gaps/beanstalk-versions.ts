import { arnOf, found, optional, readTags, tagsOf, text, time, type Version, versions } from "../beanstalk/resource";
import { listOf } from "../form";
import { type FormCall, formGap } from "../operation-gap";
import type { XmlValue } from "../xml";

const keyOf = ({ form }: FormCall): string => `${text(form, "ApplicationName")}/${text(form, "VersionLabel")}`;
const version = (call: FormCall): Version =>
  found(versions(call).get(keyOf(call)), `Application Version '${keyOf(call)}'`);
const described = (one: Version): XmlValue => ({ ...one });

const create = (call: FormCall): XmlValue => {
  const { form } = call;
  const arn = arnOf(call, `applicationversion/${keyOf(call)}`);
  tagsOf(call).put(arn, readTags(form, "Tags.member"));
  const made = versions(call).put(keyOf(call), {
    ApplicationName: text(form, "ApplicationName"),
    VersionLabel: text(form, "VersionLabel"),
    ApplicationVersionArn: arn,
    ...optional(form, "Description"),
    SourceBundle: { S3Bucket: text(form, "SourceBundle.S3Bucket"), S3Key: text(form, "SourceBundle.S3Key") },
    Status: form.get("Process") === "true" ? "PROCESSED" : "UNPROCESSED",
    DateCreated: time(call),
    DateUpdated: time(call),
  });
  return { ApplicationVersion: described(made) };
};

const list = (call: FormCall): XmlValue => {
  const labels = listOf(call.form, "VersionLabels.member");
  const application = call.form.get("ApplicationName");
  const all = versions(call)
    .all()
    .filter(({ ApplicationName }) => application === null || ApplicationName === application)
    .filter(({ VersionLabel }) => labels.length === 0 || labels.includes(VersionLabel));
  return { ApplicationVersions: all.map(described) };
};

export const beanstalkVersions = formGap({
  name: "beanstalk-versions",
  service: "elasticbeanstalk",
  description: "Elastic Beanstalk application versions: kept and read back; `local/web-apps` runs them.",
  operations: {
    CreateApplicationVersion: create,
    DescribeApplicationVersions: list,
    UpdateApplicationVersion: (call) => {
      const changed = { ...version(call), ...optional(call.form, "Description"), DateUpdated: time(call) };
      return { ApplicationVersion: described(versions(call).put(keyOf(call), changed)) };
    },
    DeleteApplicationVersion: (call) => {
      tagsOf(call).remove(version(call).ApplicationVersionArn);
      versions(call).remove(keyOf(call));
      return undefined;
    },
  },
});
