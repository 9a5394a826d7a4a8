/** Ports of a single broker on 127.0.0.1. */
export interface KafkaPorts {
  /** For producers and consumers. */
  readonly broker: number;
  /** For the broker's own controller. */
  readonly controller: number;
}

/** Largest record batch the broker takes, in bytes: above the 256 KiB inline limit, below Lambda's 6 MB. */
export const maxMessageBytes = 4 * 1024 * 1024;

/** The server.properties of a single KRaft node (broker and controller in one) that keeps everything under `dataFolder`. */
export const kafkaSettings = (dataFolder: string, { broker, controller }: KafkaPorts): string => {
  const settings = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${broker}`,
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "log.dirs": dataFolder,
    // As on the MSK cluster: a misspelt topic is an error, not a new topic.
    "auto.create.topics.enable": false,
    "message.max.bytes": maxMessageBytes,
    "replica.fetch.max.bytes": maxMessageBytes,
    // One broker cannot replicate.
    "default.replication.factor": 1,
    "offsets.topic.replication.factor": 1,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    // Small: fewer files, less memory, a quicker start.
    "offsets.topic.num.partitions": 1,
    "transaction.state.log.num.partitions": 1,
    "group.initial.rebalance.delay.ms": 0,
    "num.network.threads": 2,
    "num.io.threads": 2,
    "log.cleaner.dedupe.buffer.size": 4 * 1024 * 1024,
    "log.segment.bytes": 64 * 1024 * 1024,
    // After a crash the new broker has to wait until the old one's session has run out (by default 9 s).
    "broker.heartbeat.interval.ms": 500,
    "broker.session.timeout.ms": 4000,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
};
