import { edited, faultsOf } from "../edited";

const express = [
  ["brokerType: kafka.m7g.large", "brokerType: express.m7g.large"],
  ["zones: 2", "zones: 3"],
  ["brokerCount: 2", "brokerCount: 3"],
] as const;

it.each([
  ["5", "2", "Write 4 or 6."],
  ["4", "3", "Write 3 or 6."],
  ["2", "3", "Write 3."],
])("refuses %s brokers over %s zones", (brokers, zones, toDo) => {
  const faults = faultsOf([
    ["zones: 2", `zones: ${zones}`],
    ["brokerCount: 2", `brokerCount: ${brokers}`],
  ]);
  expect(faults).toEqual([
    `25:16 streaming.brokerCount: expected a multiple of network.zones, which is ${zones}, but got ${brokers} (number). ${toDo}`,
  ]);
});

it("wants a disk for standard brokers", () => {
  expect(faultsOf([["  storageGib: 10\n", ""]])).toEqual([
    '21:1 streaming.storageGib: expected the size of the disk of a kafka.m7g.large broker, but it is missing. Add "storageGib:" under streaming.',
  ]);
});

it("takes express brokers without a disk, over three zones", () => {
  expect(edited([...express, ["  storageGib: 10\n", ""]]).streaming).not.toHaveProperty("storageGib");
  expect(faultsOf([...express])).toEqual([
    "26:3 streaming.storageGib: expected no disk size, as express.m7g.large brokers have none, but got 10 (number). Remove the line.",
  ]);
  expect(
    faultsOf([
      ["  storageGib: 10\n", ""],
      ["brokerType: kafka.m7g.large", "brokerType: express.m7g.large"],
    ]),
  ).toEqual([
    "18:10 network.zones: expected 3 zones, as express.m7g.large brokers keep a copy in each of 3, but got 2 (number). Write 3.",
  ]);
});

it.each([
  ["4.0.x", "expected a version that ends in .kraft, as Kafka 4 has no other mode", "Write 4.0.x.kraft."],
  ["3.6.0.kraft", "expected Kafka 3.7 or newer, as MSK has no KRaft before", "Write 3.9.x.kraft."],
])("refuses Kafka %s", (version, expected, toDo) => {
  expect(faultsOf([["3.9.x.kraft", version]])).toEqual([
    `23:17 streaming.kafkaVersion: ${expected}, but got "${version}" (text). ${toDo}`,
  ]);
});

it.each(["3.6.0", "3.7.x.kraft", "3.10.x.kraft", "4.1.x.kraft"])("takes Kafka %s", (version) => {
  expect(faultsOf([["3.9.x.kraft", version]])).toEqual([]);
});

it("refuses express brokers of a Kafka older than 3.6", () => {
  expect(faultsOf([...express, ["  storageGib: 10\n", ""], ["3.9.x.kraft", "3.5.1"]])).toEqual([
    '23:17 streaming.kafkaVersion: expected Kafka 3.6 or newer for express.m7g.large brokers, but got "3.5.1" (text). Write 3.9.x.kraft.',
  ]);
});

it("refuses express brokers of Kafka 3.9 outside of KRaft mode", () => {
  expect(faultsOf([...express, ["  storageGib: 10\n", ""], ["3.9.x.kraft", "3.9.x"]])).toEqual([
    '23:17 streaming.kafkaVersion: expected a version that ends in .kraft, as express.m7g.large brokers have no other mode from 3.9 on, but got "3.9.x" (text). Write 3.9.x.kraft.',
  ]);
  expect(faultsOf([...express, ["  storageGib: 10\n", ""], ["3.9.x.kraft", "3.8.x"]])).toEqual([]);
});

it("takes more than 30 brokers only in KRaft mode", () => {
  expect(faultsOf([["brokerCount: 2", "brokerCount: 32"]])).toEqual([]);
  expect(
    faultsOf([
      ["brokerCount: 2", "brokerCount: 32"],
      ["3.9.x.kraft", "3.9.x"],
    ]),
  ).toEqual([
    "25:16 streaming.brokerCount: expected at most 30 brokers without KRaft, but got 32 (number). Write fewer; a new cluster in KRaft mode may have 60.",
  ]);
});

it.each([".", "..", "__consumer_offsets", "a b"])("refuses the topic %j", (topic) => {
  expect(faultsOf([["topic: images", `topic: "${topic}"`]])).toEqual([
    `27:10 streaming.topic: expected a topic's name: letters, digits, '.', '_' or '-', at most 249, not beginning with '__', but got "${topic}" (text). See docs/settings.md.`,
  ]);
});
