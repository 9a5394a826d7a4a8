import * as z from "zod";
import { checkAuthentication, commonVariables, text, wholeNumber } from "../common/common-settings";
import { type Rule, readSettings, type Variables } from "../common/settings";

const brokers = text(/^[A-Za-z0-9.-]+:\d{1,5}(,[A-Za-z0-9.-]+:\d{1,5})*$/, "host:port of brokers, separated by commas");

const schema = z.object({
  ...commonVariables,
  /** Where images too large for a record are put. */
  UPLOADS_BUCKET: text(/^[a-z0-9.-]{3,63}$/, "the name of the uploads bucket"),
  /** Region of bucket and cluster. */
  AWS_REGION: text(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, for example eu-central-1"),
  /** Cluster whose brokers are asked for at each start; either this or KAFKA_BROKERS. */
  KAFKA_CLUSTER_ARN: text(/^arn:aws[a-z-]*:kafka:\S+$/, "the ARN of the MSK cluster").optional(),
  /** Brokers instead of a cluster of MSK. */
  KAFKA_BROKERS: brokers.optional(),
  /** How Kafka knows the app. */
  KAFKA_AUTH: z.enum(["iam", "none"], { error: "iam, or none on this computer alone" }).default("iam"),
  KAFKA_TOPIC: text(/^[A-Za-z0-9._-]{1,249}$/, "a topic's name"),
  /** Of the topic, where the app creates it. */
  KAFKA_PARTITIONS: wholeNumber(1, 10_000, "partitions"),
  /** Largest image that travels in a record. */
  INLINE_MAX_BYTES: wholeNumber(0, 3_000_000, "bytes"),
  /** Largest image that is taken: `processing.limits.maxBytes` of the environment file. */
  MAX_IMAGE_BYTES: wholeNumber(1, 104_857_600, "bytes").default(26_214_400),
  /** Bytes of images under way at once; above it callers are told to wait. */
  MAX_PENDING_BYTES: wholeNumber(1_000_000, 16_000_000_000, "bytes").default(268_435_456),
  /** Age of the oldest image that Kafka has not confirmed from which callers are told to wait. */
  LAG_SECONDS: wholeNumber(1, 60, "seconds").default(2),
  /** The same age from which Kafka counts as down. */
  DOWN_SECONDS: wholeNumber(1, 60, "seconds").default(5),
  /** How long a caller waits for Kafka's confirmation; less than the load balancer waits for an answer (60 s). */
  CONFIRM_SECONDS: wholeNumber(1, 55, "seconds").default(20),
});

const checkKafka: Rule = ({ KAFKA_CLUSTER_ARN, KAFKA_BROKERS }) =>
  (KAFKA_CLUSTER_ARN === undefined) === (KAFKA_BROKERS === undefined)
    ? [{ variable: "KAFKA_CLUSTER_ARN", expected: "either this or KAFKA_BROKERS" }]
    : [];

/** What the stream app is run with. */
export type StreamSettings = z.infer<typeof schema>;

/** @throws SettingsFaults naming every variable that is missing or wrong. */
export const readStreamSettings = (variables: Variables): StreamSettings =>
  readSettings(schema, variables, [checkAuthentication, checkKafka]);
