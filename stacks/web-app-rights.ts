import { prefixes } from "../functions/common/layout";
import { findBrokers, writeTopic } from "../modules/kafka-access";
import type { PolicyStatement } from "../modules/policy";

interface Stores {
  readonly uploadsArn: string;
  readonly processedArn: string;
  readonly kmsKeyArn: string;
}

const useKey = ({ kmsKeyArn }: Stores): PolicyStatement => ({
  sid: "UseKey",
  actions: ["kms:Decrypt", "kms:GenerateDataKey"],
  resources: [kmsKeyArn],
});

/** Web app 1: find the cluster, connect and write to its topic, put large images aside. */
export const streamAppRights = (
  stores: Stores,
  topic: { readonly clusterArn: string; readonly topic: string },
): PolicyStatement[] => [
  findBrokers,
  ...writeTopic(topic),
  { sid: "PutClaims", actions: ["s3:PutObject"], resources: [`${stores.uploadsArn}/${prefixes.claims}*`] },
  useKey(stores),
];

/** Web app 2 (docs/apps.md): what it signs can do no more than this. */
export const uploadAppRights = (stores: Stores): PolicyStatement[] => [
  {
    sid: "UploadPending",
    actions: ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
    resources: [`${stores.uploadsArn}/${prefixes.pending}*`],
  },
  {
    sid: "ShowPictures",
    actions: ["s3:GetObject"],
    resources: [prefixes.features, prefixes.images].map((prefix) => `${stores.processedArn}/${prefix}*`),
  },
  { sid: "PagePictures", actions: ["s3:ListBucket"], resources: [stores.processedArn] },
  useKey(stores),
];
