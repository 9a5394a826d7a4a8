import { Kafka, logLevel } from "kafkajs";

/** The local broker. Its client keeps quiet: what fails is thrown. */
export const kafkaClient = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: "darkroom-demo", brokers: [...brokers], logLevel: logLevel.NOTHING });
