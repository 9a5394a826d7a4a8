import type { Layer } from "../../modules/names";
import { environmentWith, type SynthesizedStack, synth } from "../support/synth";

/** Types whose loss loses data, and which Terraform replaces when their id changes. */
const statefulTypes = [
  "aws_s3_bucket",
  "aws_kms_key",
  "aws_msk_cluster",
  "aws_msk_serverless_cluster",
  "aws_dynamodb_table",
  "aws_sagemaker_domain",
];
/** A run lock lives for hours; a Studio domain has to be replaceable when the way of signing in changes. */
const mayBeDestroyed = ["aws_dynamodb_table.run-locks", "aws_sagemaker_domain.studio"];

const addresses = (stack: SynthesizedStack): string[] =>
  statefulTypes.flatMap((type) =>
    Object.keys(stack.resource[type] ?? {})
      .sort()
      .map((id) => `${type}.${id}`),
  );

const kept: Record<Layer, string[]> = {
  bootstrap: ["aws_s3_bucket.plans", "aws_s3_bucket.state", "aws_kms_key.key"],
  network: [],
  data: [
    "aws_s3_bucket.analysts",
    "aws_s3_bucket.apps",
    "aws_s3_bucket.logs",
    "aws_s3_bucket.processed",
    "aws_s3_bucket.quarantine",
    "aws_s3_bucket.uploads",
    "aws_kms_key.key",
    "aws_dynamodb_table.run-locks",
  ],
  streaming: ["aws_msk_cluster.kafka"],
  compute: [],
  analytics: ["aws_sagemaker_domain.studio"],
  identity: [],
};

describe("what keeps data", () => {
  const prod = synth(environmentWith("prod"));

  it.each(Object.entries(kept))("keeps its ids in the %s stack, for another id would replace it", (layer, expected) => {
    expect(addresses(prod[layer as Layer])).toEqual(expected);
  });

  it("keeps its id where Kafka is serverless", () => {
    expect(addresses(synth(environmentWith("staging")).streaming)).toEqual(["aws_msk_serverless_cluster.kafka"]);
  });

  it.each(
    [prod, synth(environmentWith("staging"))].map((stacks, index) => [["prod", "staging"][index], stacks] as const),
  )("can't be destroyed by an apply of %s", (_, stacks) => {
    const unprotected = Object.values(stacks).flatMap((stack) =>
      addresses(stack).filter((address) => {
        const [type = "", id = ""] = address.split(".");
        const lifecycle = stack.resource[type]?.[id]?.lifecycle as { prevent_destroy?: boolean } | undefined;
        return lifecycle?.prevent_destroy !== true && !mayBeDestroyed.includes(address);
      }),
    );
    expect(unprotected).toEqual([]);
  });
});
