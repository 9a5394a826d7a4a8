import type { PolicyStatement } from "./policy";

/** Code that runs the models, without any weights in it. */
const common = ["models_manifest.json", "source-directory-tarballs/*"];

/** Objects of one model: its description and its weights, packed with or without the code. */
const keysOf = (model: string): string[] => [`*${model}/*`, `*${model}.tar.gz`];

/**
 * To fetch models of JumpStart from AWS's bucket of the region; those of the list alone where there is one (SageMaker AI Developer Guide,
 * "JumpStart foundation models in private hub and VPC": `jumpstart-cache-prod-<region>`). Gated models, whose licence each user has to accept, are
 * in another bucket, `jumpstart-private-cache-prod-<region>`, and for nobody ("Restrict access to JumpStart gated models").
 */
export function prebuiltModelRights(props: {
  readonly region: string;
  readonly prebuiltModels?: readonly string[] | undefined;
}): PolicyStatement {
  const bucket = `arn:aws:s3:::jumpstart-cache-prod-${props.region}`;
  const keys = props.prebuiltModels === undefined ? ["*"] : [...common, ...props.prebuiltModels.flatMap(keysOf)];
  return { sid: "ReadPrebuiltModels", actions: ["s3:GetObject"], resources: keys.map((key) => `${bucket}/${key}`) };
}
