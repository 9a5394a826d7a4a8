import { rule } from "./rule";

/**
 * Standard brokers have a disk, Express brokers storage without a size; these keep three copies, one a zone
 * (MSK Developer Guide, "Amazon MSK broker types").
 */
export const brokerStorage = rule(["streaming", "network"], function* ({ streaming, network }) {
  if (streaming.mode !== "provisioned") return;
  const { brokerType, storageGib } = streaming;
  const express = brokerType.startsWith("express.");
  const path = ["streaming", "storageGib"];
  if (!express && storageGib === undefined) {
    yield {
      path,
      expected: `the size of the disk of a ${brokerType} broker`,
      toDo: 'Add "storageGib:" under streaming.',
    };
  }
  if (express && storageGib !== undefined) {
    yield { path, atKey: true, expected: `no disk size, as ${brokerType} brokers have none`, toDo: "Remove the line." };
  }
  if (express && network.zones !== 3) {
    yield {
      path: ["network", "zones"],
      expected: `3 zones, as ${brokerType} brokers keep a copy in each of 3`,
      toDo: "Write 3.",
    };
  }
});
