import { z } from "zod";
import { text, wholeNumber } from "./common";

const modes =
  "provisioned: brokers of your type and number. serverless: AWS sizes the cluster. Changing it replaces the cluster.";

/** Apache Kafka, `Topic.validate`: at most 249 characters, neither "." nor ".."; names with "__" are Kafka's own. */
const topic = text(
  /^(?!\.{1,2}$)(?!__)[A-Za-z0-9._-]{1,249}$/,
  "a topic's name: letters, digits, '.', '_' or '-', at most 249, not beginning with '__'",
).describe("Kafka topic that web app 1 writes images to.");

const partitions = wholeNumber(1, 200, "partitions").describe(
  "Partitions of the topic: the most pollers that can read it at once. Can be raised, never lowered.",
);

const inlineMaxBytes = wholeNumber(0, 3_000_000, "bytes").describe(
  "Largest image that travels inside a Kafka record; a larger one goes to S3 first and the record names it. A Lambda invocation carries 6 MB for a whole batch, base64 included.",
);

/**
 * Lambda API reference, CreateEventSourceMapping (BatchSize, MaximumBatchingWindowInSeconds, MaximumRetryAttempts,
 * MaximumRecordAgeInSeconds) and ProvisionedPollerConfig (MaximumPollers).
 */
const consumer = z
  .strictObject({
    batchSize: wholeNumber(1, 10_000, "records").describe(
      "Most records the stream function gets at once, 1 to 10000; 6 MB together at most.",
    ),
    windowSeconds: wholeNumber(1, 300, "seconds").describe("Longest wait for a batch to fill, 1 to 300 seconds."),
    retryAttempts: wholeNumber(0, 10_000, "attempts").describe(
      "How often a failed record is tried again before it goes to the failed records, 0 to 10000 times.",
    ),
    maxRecordAgeSeconds: wholeNumber(60, 604_800, "seconds").describe(
      "Age at which a record that keeps failing goes to the failed records, 60 to 604800 seconds (7 days).",
    ),
    maxPollers: wholeNumber(1, 2000, "pollers").describe(
      "Most event pollers AWS may run, 1 to 2000; each is billed. More than partitions are of no use.",
    ),
  })
  .describe("How Lambda reads the topic.");

/** MSK Developer Guide, "Amazon MSK quota": 1 to 16384 GiB a broker, 60 brokers a KRaft cluster. */
const provisioned = z.strictObject({
  mode: z.literal("provisioned", { error: "provisioned or serverless" }).describe(modes),
  kafkaVersion: text(/^\d+\.\d+\.(x|\d+)(\.kraft)?$/, "an MSK version, for example 3.9.x.kraft").describe(
    "Kafka version of MSK, for example 3.9.x.kraft.",
  ),
  brokerType: text(
    /^(kafka|express)\.[a-z0-9]+\.[a-z0-9]+$/,
    "an MSK broker type, for example kafka.m7g.large",
  ).describe("Size of a broker, for example kafka.m7g.large."),
  brokerCount: wholeNumber(2, 60, "brokers").describe("Brokers in all; a multiple of the number of zones."),
  storageGib: wholeNumber(1, 16_384, "GiB")
    .optional()
    .describe(
      "Disk of one broker, 1 to 16384 GiB. Can be raised, never lowered. Required for kafka.* brokers; express.* brokers have none.",
    ),
  topic,
  partitions,
  inlineMaxBytes,
  consumer,
});

const serverless = z.strictObject({
  mode: z.literal("serverless", { error: "provisioned or serverless" }).describe(modes),
  topic,
  partitions,
  inlineMaxBytes,
  consumer,
});

/** Amazon MSK and how Lambda reads it (MSK Developer Guide, "Quotas" and "Serverless configuration"). */
export const streamingSettings = z
  .discriminatedUnion("mode", [provisioned, serverless], { error: "provisioned or serverless" })
  .describe("The stream of images: Amazon MSK.");
