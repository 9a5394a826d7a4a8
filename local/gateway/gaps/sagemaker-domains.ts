import { AwsError } from "../gap";
import { type JsonCall, jsonGap } from "../operation-gap";
import { arnOf, found, type Json, keepTags, merged, newId, seconds, tagsOf } from "../sagemaker/resource";

interface Domain extends Json {
  readonly DomainId: string;
  readonly DomainArn: string;
}

const domains = ({ context }: JsonCall) => context.state<Domain>("domains");
const profiles = ({ context }: JsonCall) => context.state<{ DomainId: string }>("user-profiles");
const domain = (call: JsonCall): Domain =>
  found(domains(call).get(String(call.json.DomainId)), `Domain ${call.json.DomainId}`);

const create = (call: JsonCall): object => {
  const { Tags: _, DomainSettings, ...settings } = call.json;
  const id = newId("d");
  const arn = arnOf(call, `domain/${id}`);
  const sso = settings.AuthMode === "SSO";
  const { account, region } = call.request;
  domains(call).put(id, {
    AppNetworkAccessType: "PublicInternetOnly",
    TagPropagation: "DISABLED",
    ...settings,
    ...(DomainSettings === undefined ? {} : { DomainSettings }),
    DomainId: id,
    DomainArn: arn,
    Status: "InService",
    CreationTime: seconds(call),
    LastModifiedTime: seconds(call),
    HomeEfsFileSystemId: newId("fs"),
    SecurityGroupIdForDomainBoundary: newId("sg"),
    Url: `https://${id}.studio.${region}.sagemaker.aws`,
    ...(sso && { SingleSignOnApplicationArn: `arn:aws:sso::${account}:application/ssoins-local/${newId("apl")}` }),
  });
  keepTags(call, arn);
  return { DomainArn: arn, DomainId: id, Url: `https://${id}.studio.${region}.sagemaker.aws` };
};

const update = (call: JsonCall): object => {
  const { DomainId, DomainSettingsForUpdate, ...settings } = call.json;
  const was = domain(call);
  const next = { ...settings, ...(DomainSettingsForUpdate ? { DomainSettings: DomainSettingsForUpdate } : {}) };
  const changed = merged(was, { ...next, LastModifiedTime: seconds(call) }) as Domain;
  domains(call).put(was.DomainId, changed);
  return { DomainArn: was.DomainArn };
};

const remove = (call: JsonCall): object => {
  const { DomainId, DomainArn } = domain(call);
  if (
    profiles(call)
      .all()
      .some((profile) => profile.DomainId === DomainId)
  ) {
    throw new AwsError("ResourceInUse", `Unable to delete Domain ${DomainId} because UserProfile(s) are associated.`);
  }
  domains(call).remove(DomainId);
  tagsOf(call).remove(DomainArn);
  return {};
};

export const sagemakerDomains = jsonGap({
  name: "sagemaker-domains",
  service: "sagemaker",
  description: "SageMaker Studio domains: their settings are kept and read back; no notebook can be opened.",
  operations: {
    CreateDomain: create,
    DescribeDomain: domain,
    UpdateDomain: update,
    DeleteDomain: remove,
    ListDomains: (call) => ({ Domains: domains(call).all() }),
  },
});
