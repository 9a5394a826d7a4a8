import type { PolicyStatement } from "./policy";
import { planPrefixes } from "./write-once";

export interface StoreRightsProps {
  readonly stateArn: string;
  readonly plansArn: string;
  readonly stateKeyArn: string;
}

const list = (sid: string, bucketArn: string): PolicyStatement => ({
  sid,
  actions: ["s3:ListBucket"],
  resources: [bucketArn],
});

/**
 * Planning reads states, and puts plans where it can't read or replace them; records say what became of merges. Manifests say what plans
 * were made from, with no value in them, for whoever holds them against the states.
 */
export const planStoreRights = ({ stateArn, plansArn, stateKeyArn }: StoreRightsProps): PolicyStatement[] => [
  { sid: "ReadStates", actions: ["s3:GetObject"], resources: [`${stateArn}/*`] },
  { sid: "PutPlans", actions: ["s3:PutObject"], resources: [`${plansArn}/${planPrefixes.reviews}*`] },
  {
    sid: "ReadManifests",
    actions: ["s3:GetObject"],
    resources: [`${plansArn}/${planPrefixes.reviews}*/manifest.json`],
  },
  { sid: "ReadRecords", actions: ["s3:GetObject"], resources: [`${plansArn}/${planPrefixes.records}*`] },
  { sid: "UseStateKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [stateKeyArn] },
];

/** Applying reads plans, writes states under their locks, and adds records. */
export const applyStoreRights = ({ stateArn, plansArn, stateKeyArn }: StoreRightsProps): PolicyStatement[] => [
  list("FindStates", stateArn),
  list("FindPlans", plansArn),
  { sid: "WriteStates", actions: ["s3:GetObject", "s3:PutObject"], resources: [`${stateArn}/*`] },
  { sid: "ReleaseLocks", actions: ["s3:DeleteObject"], resources: [`${stateArn}/*.tflock`] },
  { sid: "ReadPlans", actions: ["s3:GetObject"], resources: [`${plansArn}/${planPrefixes.reviews}*`] },
  {
    sid: "AddRecords",
    actions: ["s3:GetObject", "s3:PutObject"],
    resources: [`${plansArn}/${planPrefixes.records}*`],
  },
  { sid: "UseStateKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [stateKeyArn] },
];
