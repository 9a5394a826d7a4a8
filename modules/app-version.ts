import { ElasticBeanstalkApplicationVersion } from "@cdktf/provider-aws/lib/elastic-beanstalk-application-version";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Construct } from "constructs";

/** The bundle of a web app, and where it is kept. */
export interface AppCode {
  /** Path of the zip. */
  readonly zipPath: string;
  /** SHA-256 of the zip, in hex. */
  readonly sha256: string;
  readonly bucketName: string;
}

export interface AppVersionProps extends AppCode {
  /** Name of the Beanstalk application. */
  readonly application: string;
}

/**
 * A version of a Beanstalk application, labelled by what is in it: equal code is the same version, other code is uploaded and deployed
 * before the old version, which the environment ran until then, is removed.
 */
export class AppVersion extends Construct {
  readonly label: string;

  constructor(scope: Construct, id: string, { application, bucketName, sha256, zipPath }: AppVersionProps) {
    super(scope, id);
    const lifecycle = { createBeforeDestroy: true };
    const bundle = new S3Object(this, "bundle", {
      bucket: bucketName,
      key: `${application}/${sha256}.zip`,
      source: zipPath,
      sourceHash: sha256,
      // An object has 10 tags at most (S3 User Guide, "Categorizing your objects"); an environment may have more.
      overrideProvider: { defaultTags: { tags: {} } },
      lifecycle,
    });
    this.label = new ElasticBeanstalkApplicationVersion(this, "Default", {
      application,
      name: sha256.slice(0, 12),
      description: `SHA-256 ${sha256}`,
      bucket: bundle.bucket,
      key: bundle.key,
      lifecycle,
    }).name;
  }
}
