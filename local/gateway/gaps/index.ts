import type { Gap } from "../gap";
import { cloudwatchAlarms } from "./cloudwatch-alarms";
import { flowLogs } from "./flow-logs";
import { kafkaEventSourceMappings } from "./kafka-event-source-mappings";
import { mskClusters } from "./msk-clusters";
import { mskConfigurations } from "./msk-configurations";
import { mskTags } from "./msk-tags";
import { prefixListRules } from "./prefix-list-rules";
import { schedules } from "./schedules";
import { stateMachineTracing } from "./state-machine-tracing";
import { vpcEndpoints } from "./vpc-endpoints";

/** Everything the emulated account lacks and we answer, in the order in which the gaps are asked. */
export const gaps: readonly Gap[] = [
  cloudwatchAlarms,
  flowLogs,
  kafkaEventSourceMappings,
  mskClusters,
  mskConfigurations,
  mskTags,
  prefixListRules,
  schedules,
  stateMachineTracing,
  vpcEndpoints,
];
