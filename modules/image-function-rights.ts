import { prefixes } from "../functions/common/layout";
import type { PolicyStatement } from "./policy";

export interface ImageFunctionRightsProps {
  readonly uploadsArn: string;
  readonly processedArn: string;
  readonly quarantineArn: string;
  readonly kmsKeyArn: string;
}

const listing = (sid: string, bucketArn: string): PolicyStatement => ({
  sid,
  actions: ["s3:ListBucket"],
  resources: [bucketArn],
});

/** What both functions do: keep originals, write renditions and features, set refused images aside. */
function shared({ uploadsArn, processedArn, quarantineArn, kmsKeyArn }: ImageFunctionRightsProps): PolicyStatement[] {
  return [
    { sid: "KeepOriginals", actions: ["s3:PutObject"], resources: [`${uploadsArn}/${prefixes.originals}*`] },
    {
      sid: "WriteOutputs",
      actions: ["s3:PutObject"],
      resources: [`${processedArn}/${prefixes.images}*`, `${processedArn}/${prefixes.features}*`],
    },
    { sid: "FindFeatures", actions: ["s3:GetObject"], resources: [`${processedArn}/${prefixes.features}*`] },
    { sid: "SetAside", actions: ["s3:PutObject"], resources: [`${quarantineArn}/${prefixes.refused}*`] },
    { sid: "FindRefused", actions: ["s3:GetObject"], resources: [`${quarantineArn}/${prefixes.refused}*`] },
    // Without the right to list, S3 answers 403 where 404 tells that an image is not processed yet (S3 API reference, HeadObject).
    listing("TellMissingUploads", uploadsArn),
    listing("TellMissingOutputs", processedArn),
    listing("TellMissingRefused", quarantineArn),
    { sid: "UseKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [kmsKeyArn] },
  ];
}

/** Rights of the stream function; its role is also the one with which Lambda keeps failed records. */
export function streamRights(props: ImageFunctionRightsProps): PolicyStatement[] {
  return [
    ...shared(props),
    {
      sid: "ReadClaims",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: [`${props.uploadsArn}/${prefixes.claims}*`],
    },
    {
      sid: "KeepFailedRecords",
      actions: ["s3:PutObject"],
      resources: [`${props.quarantineArn}/${prefixes.failedRecords}*`],
    },
  ];
}

/**
 * Rights of the batch function: it takes pending images, and takes them away once their outputs are there; and it reads originals of images that go
 * through again.
 */
export function batchRights(props: ImageFunctionRightsProps): PolicyStatement[] {
  return [
    ...shared(props),
    {
      sid: "TakePending",
      actions: ["s3:GetObject", "s3:DeleteObject"],
      resources: [`${props.uploadsArn}/${prefixes.pending}*`],
    },
    {
      sid: "ReadOriginals",
      actions: ["s3:GetObject"],
      resources: [`${props.uploadsArn}/${prefixes.originals}*`, `${props.uploadsArn}/${prefixes.claims}*`],
    },
  ];
}

/** Rights of the report function: it reads what the children of a run answered, and writes the run's report beside it. */
export const reportRights = (logsArn: string): PolicyStatement[] => [
  {
    sid: "ListResults",
    actions: ["s3:ListBucket"],
    resources: [logsArn],
    conditions: { StringLike: { "s3:prefix": [`${prefixes.batchRuns}*`] } },
  },
  { sid: "ReadResults", actions: ["s3:GetObject"], resources: [`${logsArn}/${prefixes.batchRuns}*.json`] },
  { sid: "WriteReport", actions: ["s3:PutObject"], resources: [`${logsArn}/${prefixes.batchRuns}*/report.json`] },
];
