import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { Construct } from "constructs";

export interface QueryWorkgroupProps {
  readonly workgroupName: string;
  readonly description: string;
  /** `s3://<bucket>/<prefix>/` where results are written. */
  readonly resultLocation: string;
  /** Account that has to own the bucket of results. */
  readonly account: string;
  readonly kmsKeyArn: string;
  /** A query that reads more is stopped, 1 or more gigabytes of 10^9 bytes. */
  readonly maxScanGigabytes: number;
  readonly tags: Readonly<Record<string, string>>;
}

const bytesInGigabyte = 1_000_000_000;

/**
 * Where one group asks Athena: a limit a query, encrypted results in a place of its own, costs under its own tags. Whoever asks can't
 * choose otherwise (Athena User Guide, "Override client-side settings").
 */
export class QueryWorkgroup extends Construct {
  constructor(scope: Construct, id: string, props: QueryWorkgroupProps) {
    super(scope, id);
    new AthenaWorkgroup(this, "Default", {
      name: props.workgroupName,
      description: props.description,
      // The queries of a group that is gone are of no use; their history would keep Athena from removing it.
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.maxScanGigabytes * bytesInGigabyte,
        resultConfiguration: {
          outputLocation: props.resultLocation,
          expectedBucketOwner: props.account,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: props.kmsKeyArn },
        },
      },
      tags: { ...props.tags },
    });
  }
}
