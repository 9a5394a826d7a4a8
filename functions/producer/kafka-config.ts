import { type KafkaConfig, logLevel, type RetryOptions } from "kafkajs";
import { iamToken } from "./iam-token";
import type { ProducerProps } from "./props";

type Props = Pick<ProducerProps, "brokers" | "auth" | "region" | "credentials" | "clientId" | "retries">;

/** When a request that failed for a passing reason is made again. */
export const retryOptions = (retries = 12): RetryOptions => ({
  initialRetryTime: 200,
  multiplier: 2,
  factor: 0.5,
  maxRetryTime: 5000,
  retries,
});

/** How kafkajs reaches the cluster. It keeps quiet: what fails is thrown. */
export function kafkaConfig(props: Props): KafkaConfig {
  const { brokers, auth, region = "", credentials, clientId = "darkroom-producer" } = props;
  return {
    clientId,
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    // A broker of MSK far away needs more than kafkajs' second for TCP, TLS and the token.
    connectionTimeout: 5000,
    authenticationTimeout: 10_000,
    requestTimeout: 15_000,
    retry: retryOptions(props.retries),
    ...(auth === "none"
      ? {}
      : {
          ssl: true,
          sasl: { mechanism: "oauthbearer", oauthBearerProvider: () => iamToken(region, credentials) },
        }),
  };
}
