import { rule } from "./rule";

/** MSK spreads brokers evenly over the zones (MSK API reference, CreateCluster: numberOfBrokerNodes is a multiple of the subnets). */
export const brokersPerZone = rule(["streaming", "network"], function* ({ streaming, network: { zones } }) {
  if (streaming.mode !== "provisioned" || streaming.brokerCount % zones === 0) return;
  const lower = streaming.brokerCount - (streaming.brokerCount % zones);
  const choices = [lower, lower + zones].filter((count) => count >= zones && count <= 60);
  const expected = `a multiple of network.zones, which is ${zones}`;
  yield { path: ["streaming", "brokerCount"], expected, toDo: `Write ${choices.join(" or ")}.` };
});
