import { readStreamSettings } from "../../../apps/stream/settings";

const least = {
  ENVIRONMENT: "prod",
  AUTHENTICATION: "none",
  UPLOADS_BUCKET: "darkroom-prod-uploads",
  AWS_REGION: "eu-central-1",
  KAFKA_CLUSTER_ARN: "arn:aws:kafka:eu-central-1:111122223333:cluster/darkroom-prod/0b5c",
  KAFKA_TOPIC: "images",
  KAFKA_PARTITIONS: "12",
  INLINE_MAX_BYTES: "262144",
};

it("takes what the compute stack sets, and asks for IAM where nothing else is said", () => {
  expect(readStreamSettings(least)).toMatchObject({
    KAFKA_AUTH: "iam",
    KAFKA_PARTITIONS: 12,
    INLINE_MAX_BYTES: 262_144,
    MAX_IMAGE_BYTES: 26_214_400,
    MAX_PENDING_BYTES: 268_435_456,
    LAG_SECONDS: 2,
    DOWN_SECONDS: 5,
    CONFIRM_SECONDS: 20,
  });
});

it("names every fault at once", () => {
  const wrong = {
    ...least,
    UPLOADS_BUCKET: "",
    KAFKA_TOPIC: "a/b",
    KAFKA_BROKERS: "kafka:9098",
    CONFIRM_SECONDS: "60",
  };
  expect(() => readStreamSettings(wrong)).toThrow(
    "The app cannot start. UPLOADS_BUCKET: expected the name of the uploads bucket, but got nothing; " +
      `KAFKA_TOPIC: expected a topic's name, but got "a/b"; ` +
      'CONFIRM_SECONDS: expected a whole number of seconds from 1 to 55, but got "60"; ' +
      `KAFKA_CLUSTER_ARN: expected either this or KAFKA_BROKERS, but got ${JSON.stringify(least.KAFKA_CLUSTER_ARN)}. ` +
      "Set the environment variables and start it again.",
  );
});
