import type { SettingFault } from "../faults/fault";
import type { Environment } from "../schema";
import { account } from "./account";
import { animationFormat } from "./animation-format";
import { brokerStorage } from "./broker-storage";
import { brokersPerZone } from "./brokers-per-zone";
import { certificatePlace } from "./certificate-place";
import { certificateRequired } from "./certificate-required";
import { cronFires } from "./cron-fires";
import { domains } from "./domains";
import { githubIds } from "./github-ids";
import { groupNames } from "./group-names";
import { hostArchitecture } from "./host-architecture";
import { identityCenter } from "./identity-center";
import { imageNetwork } from "./image-network";
import { imageRegion } from "./image-region";
import { instanceArchitecture } from "./instance-architecture";
import { instanceRange } from "./instance-range";
import { kafkaVersion } from "./kafka-version";
import { networkRange } from "./network-range";
import { people } from "./people";
import { policySize } from "./policy-size";
import { prodApprovers } from "./prod-approvers";
import { prodInstances } from "./prod-instances";
import { renditionNames } from "./rendition-names";
import type { Rule } from "./rule";
import { signInEncrypted } from "./sign-in-encrypted";
import { signInRequired } from "./sign-in-required";
import { spaceSizes } from "./space-sizes";
import { tags } from "./tags";

const rules: readonly Rule[] = [
  account,
  animationFormat,
  brokerStorage,
  brokersPerZone,
  certificatePlace,
  certificateRequired,
  cronFires,
  domains,
  githubIds,
  groupNames,
  hostArchitecture,
  identityCenter,
  imageNetwork,
  imageRegion,
  instanceArchitecture,
  instanceRange,
  kafkaVersion,
  networkRange,
  people,
  policySize,
  prodApprovers,
  prodInstances,
  renditionNames,
  signInEncrypted,
  signInRequired,
  spaceSizes,
  tags,
];

/** What the rules find in settings of which the sections `unsound` are not to be trusted. */
export function ruleFaults(settings: Environment, unsound: ReadonlySet<unknown>, now: Date): SettingFault[] {
  return rules
    .filter(({ sections }) => !sections.some((section) => unsound.has(section)))
    .flatMap(({ check }) => [...check(settings, now)]);
}
