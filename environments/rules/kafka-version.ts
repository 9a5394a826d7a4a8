import { rule } from "./rule";

/**
 * MSK Developer Guide, "Metadata management" (KRaft from 3.7 on, the only way from 4.0 on), "Amazon MSK broker types" (Express brokers of
 * 3.9 in KRaft mode only: hashicorp/terraform-provider-aws#48309), "Amazon MSK quota".
 */
const firstKraft = 3.07;
const firstWithoutZookeeper = 4;
const firstExpress = 3.06;
const firstExpressInKraftOnly = 3.09;
const mostBrokersWithZookeeper = 30;

/** A Kafka version that goes with its way of keeping metadata, the brokers' type and their number. */
export const kafkaVersion = rule(["streaming"], function* ({ streaming }) {
  if (streaming.mode !== "provisioned") return;
  const { kafkaVersion, brokerType, brokerCount } = streaming;
  const path = ["streaming", "kafkaVersion"];
  const [major = 0, minor = 0] = kafkaVersion.split(".").map(Number);
  const version = major + minor / 100;
  const kraft = kafkaVersion.endsWith(".kraft");
  if (!kraft && version >= firstWithoutZookeeper) {
    yield {
      path,
      expected: "a version that ends in .kraft, as Kafka 4 has no other mode",
      toDo: `Write ${kafkaVersion}.kraft.`,
    };
  }
  if (kraft && version < firstKraft) {
    yield { path, expected: "Kafka 3.7 or newer, as MSK has no KRaft before", toDo: "Write 3.9.x.kraft." };
  }
  if (brokerType.startsWith("express.") && version < firstExpress) {
    yield { path, expected: `Kafka 3.6 or newer for ${brokerType} brokers`, toDo: "Write 3.9.x.kraft." };
  }
  if (
    !kraft &&
    brokerType.startsWith("express.") &&
    version >= firstExpressInKraftOnly &&
    version < firstWithoutZookeeper
  ) {
    yield {
      path,
      expected: `a version that ends in .kraft, as ${brokerType} brokers have no other mode from 3.9 on`,
      toDo: `Write ${kafkaVersion}.kraft.`,
    };
  }
  if (!kraft && brokerCount > mostBrokersWithZookeeper) {
    const expected = `at most ${mostBrokersWithZookeeper} brokers without KRaft`;
    yield {
      path: ["streaming", "brokerCount"],
      expected,
      toDo: "Write fewer; a new cluster in KRaft mode may have 60.",
    };
  }
});
