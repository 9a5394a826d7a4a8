import { Kafka, logLevel } from "kafkajs";

/** Milliseconds. kafkajs itself gives a connection one second, which a computer that does much else may be away for. */
export const connectionTimeout = 10_000;

/** The local broker. Its client keeps quiet: what fails is thrown. */
export const kafkaClient = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: "darkroom-demo", brokers: [...brokers], logLevel: logLevel.NOTHING, connectionTimeout });
