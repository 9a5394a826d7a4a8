import {
  DescribeApplicationVersionsCommand,
  DescribeConfigurationSettingsCommand,
  DescribeEnvironmentsCommand,
  type ElasticBeanstalkClient,
} from "@aws-sdk/client-elastic-beanstalk";

/** What Elastic Beanstalk is told to run. */
export interface DeployedApp {
  /** Of the version. */
  readonly label: string;
  /** Where the version's bundle lies. */
  readonly bundle: { readonly bucket: string; readonly key: string };
  /** The app's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
}

const variablesNamespace = "aws:elasticbeanstalk:application:environment";

/**
 * The app as it is deployed at this moment; undefined when there is none.
 * @param name of Beanstalk's application, and of its environment
 */
export async function readDeployedApp(client: ElasticBeanstalkClient, name: string): Promise<DeployedApp | undefined> {
  const named = { ApplicationName: name };
  const { Environments = [] } = await client.send(new DescribeEnvironmentsCommand({ ...named, IncludeDeleted: false }));
  const label = Environments.find(({ EnvironmentName }) => EnvironmentName === name)?.VersionLabel;
  if (label === undefined) return undefined;
  const [versions, settings] = await Promise.all([
    client.send(new DescribeApplicationVersionsCommand({ ...named, VersionLabels: [label] })),
    client.send(new DescribeConfigurationSettingsCommand({ ...named, EnvironmentName: name })),
  ]);
  const { S3Bucket: bucket, S3Key: key } = versions.ApplicationVersions?.[0]?.SourceBundle ?? {};
  if (bucket === undefined || key === undefined) return undefined;
  const options = settings.ConfigurationSettings?.[0]?.OptionSettings ?? [];
  const variables = options.flatMap(({ Namespace, OptionName = "", Value = "" }) =>
    Namespace === variablesNamespace ? [[OptionName, Value]] : [],
  );
  return { label, bundle: { bucket, key }, variables: Object.fromEntries(variables) };
}
