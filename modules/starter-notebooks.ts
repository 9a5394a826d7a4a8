import { S3Object, type S3ObjectConfig } from "@cdktf/provider-aws/lib/s3-object";
import { Construct } from "constructs";

/** A file that analysts start from. */
export interface StarterFile {
  /** Below the notebooks' folder, for example `training/train.py`. */
  readonly path: string;
  /** Where it is while Terraform runs. */
  readonly source: string;
  /** SHA-256 of it, in hex. */
  readonly sha256: string;
}

export interface StarterNotebooksProps {
  readonly bucketName: string;
  /** Ends with a slash. */
  readonly prefix: string;
  readonly files: readonly StarterFile[];
  /** Files of which Terraform makes the content: by path, what they hold. */
  readonly made: Readonly<Record<string, string>>;
}

/** The starter notebooks in S3, where Studio fetches them; equal files are equal objects. */
export class StarterNotebooks extends Construct {
  constructor(scope: Construct, id: string, { bucketName, prefix, files, made }: StarterNotebooksProps) {
    super(scope, id);
    const put = (path: string, holds: Pick<S3ObjectConfig, "content" | "source" | "sourceHash">) =>
      new S3Object(this, path.replaceAll(/[^\w-]/g, "-"), {
        bucket: bucketName,
        key: `${prefix}${path}`,
        ...holds,
        // An object has 10 tags at most (S3 User Guide, "Categorizing your objects"); an environment may have more.
        overrideProvider: { defaultTags: { tags: {} } },
      });
    for (const { path, sha256, source } of files) put(path, { source, sourceHash: sha256 });
    for (const [path, content] of Object.entries(made)) put(path, { content });
  }
}
