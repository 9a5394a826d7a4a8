import type { Gap } from "../gap";
import { beanstalkApplications } from "./beanstalk-applications";
import { beanstalkEnvironments } from "./beanstalk-environments";
import { beanstalkPlatforms } from "./beanstalk-platforms";
import { beanstalkTags } from "./beanstalk-tags";
import { beanstalkVersions } from "./beanstalk-versions";
import { cloudformationStacks } from "./cloudformation-stacks";
import { cloudwatchAlarms } from "./cloudwatch-alarms";
import { firewallLogging } from "./firewall-logging";
import { flowLogs } from "./flow-logs";
import { identityCenterAssignments } from "./identity-center-assignments";
import { identityCenterPermissionSets } from "./identity-center-permission-sets";
import { identityStore } from "./identity-store";
import { kafkaEventSourceMappings } from "./kafka-event-source-mappings";
import { mskClusters } from "./msk-clusters";
import { mskConfigurations } from "./msk-configurations";
import { mskTags } from "./msk-tags";
import { prefixListRules } from "./prefix-list-rules";
import { sagemakerDomains } from "./sagemaker-domains";
import { sagemakerEndpoints } from "./sagemaker-endpoints";
import { sagemakerJobs } from "./sagemaker-jobs";
import { sagemakerLifecycleConfigs } from "./sagemaker-lifecycle-configs";
import { sagemakerSpaces } from "./sagemaker-spaces";
import { sagemakerTags } from "./sagemaker-tags";
import { sagemakerUserProfiles } from "./sagemaker-user-profiles";
import { schedules } from "./schedules";
import { stateMachineTracing } from "./state-machine-tracing";
import { vpcEndpoints } from "./vpc-endpoints";

/** Everything the emulated account lacks and we answer, in the order of the list in docs/local-account.md. */
export const gaps: readonly Gap[] = [
  mskClusters,
  mskConfigurations,
  mskTags,
  kafkaEventSourceMappings,
  schedules,
  sagemakerDomains,
  sagemakerUserProfiles,
  sagemakerLifecycleConfigs,
  sagemakerSpaces,
  sagemakerJobs,
  sagemakerEndpoints,
  sagemakerTags,
  identityCenterPermissionSets,
  identityCenterAssignments,
  identityStore,
  beanstalkApplications,
  beanstalkVersions,
  beanstalkEnvironments,
  beanstalkPlatforms,
  beanstalkTags,
  cloudformationStacks,
  vpcEndpoints,
  prefixListRules,
  flowLogs,
  stateMachineTracing,
  cloudwatchAlarms,
  firewallLogging,
];
