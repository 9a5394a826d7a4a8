import { type KafkaBroker, type KafkaProps, startKafka } from "../../local/processes/kafka";
import { isFree } from "../../local/processes/ports";

/**
 * Kills a broker, and starts it again on its data and its port, which the system frees only some time after.
 * @param downSeconds - how long it stays away.
 */
export async function crashKafka(kafka: KafkaBroker, props: KafkaProps, downSeconds = 0): Promise<KafkaBroker> {
  const port = Number(kafka.brokers[0]?.split(":")[1]);
  kafka.kill();
  await kafka.ended;
  await new Promise((resolve) => setTimeout(resolve, downSeconds * 1000));
  while (!(await isFree(port))) await new Promise((resolve) => setTimeout(resolve, 50));
  return startKafka(props);
}
