import { analystPlaces } from "./analyst-places";
import type { PolicyStatement } from "./policy";

export interface WorkspaceRightsProps {
  /** Name of the group. */
  readonly group: string;
  /** Whether the group opens notebooks, and whether it trains. */
  readonly notebooks: boolean;
  readonly training: boolean;
  /** Names of the buckets with the starter notebooks and with what analysts make. */
  readonly buckets: { readonly apps: string; readonly analysts: string };
}

/** To fetch the starter notebooks, and to keep what training made in a folder of the group's own. */
export function workspaceRights({ group, notebooks, training, buckets }: WorkspaceRightsProps): PolicyStatement[] {
  const starter = `arn:aws:s3:::${buckets.apps}`;
  const analysts = `arn:aws:s3:::${buckets.analysts}`;
  const models = `${analystPlaces.models}${group}/`;
  const list = (sid: string, arn: string, prefix: string): PolicyStatement => ({
    sid,
    actions: ["s3:ListBucket"],
    resources: [arn],
    conditions: { StringLike: { "s3:prefix": `${prefix}*` } },
  });
  return [
    ...(notebooks
      ? [
          {
            sid: "ReadStarterNotebooks",
            actions: ["s3:GetObject"],
            resources: [`${starter}/${analystPlaces.notebooks}*`],
          },
          list("ListStarterNotebooks", starter, analystPlaces.notebooks),
        ]
      : []),
    ...(training
      ? [
          {
            sid: "KeepModels",
            actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            resources: [`${analysts}/${models}*`],
          },
          list("ListModels", analysts, models),
        ]
      : []),
  ];
}
