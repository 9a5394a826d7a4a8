import { createHash } from "node:crypto";
import { join } from "node:path";
import type { PlanBinding } from "../../../gitops/plan-binding";
import { stateFacts } from "../../../gitops/stale/state-facts";
import { readStacks } from "../../../gitops/terraform/manifest";
import type { ReadState, StateLookup } from "../../../gitops/terraform/state";
import { testFolder } from "../../support/folders";
import { stateBucket, writeSynthesized } from "../../support/synthesized";

const out = join(testFolder(), "out");
const states = new Map<string, StateLookup>();
let reads: string[] = [];
const readState: ReadState = async ({ bucket, key }) => {
  reads.push(`${bucket}/${key}`);
  return states.get(key) ?? { kind: "no-state" };
};
const state = (serial: number, outputs: Record<string, unknown> = {}, lineage = "l"): StateLookup => ({
  kind: "state",
  state: {
    ...{ version: 4, lineage, serial, resources: [] },
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
  },
});
const hashOf = (...values: unknown[]) => createHash("sha256").update(JSON.stringify(values)).digest("hex");
const binding = (more: Partial<PlanBinding> = {}): PlanBinding => ({
  ...{ backend: "s3", endpoint: "aws", terraform: "t", configSha256: "c", lockSha256: "l", planSha256: "p" },
  state: { lineage: "l", serial: 41 },
  upstream: [],
  ...more,
});
const facts = () => stateFacts(readStacks(out, "prod"), readState);

beforeAll(() => writeSynthesized(out, "prod", { data: {}, compute: { dependencies: ["data"] } }));
beforeEach(() => {
  states.clear();
  reads = [];
  states.set("data.tfstate", state(41, { bucket: "b", other: 1 }));
});

it("finds a plan current whose states are where they were, and reads each state once", async () => {
  const why = facts();
  const upstream = [
    { stack: "prod-data", lineage: "l", serial: 7, outputs: ["bucket"], outputsSha256: hashOf(["bucket", "b"]) },
  ];
  expect(await why("prod-data", binding())).toBeUndefined();
  expect(await why("prod-compute", binding({ state: null, upstream }))).toBeUndefined();
  expect(reads).toEqual([`${stateBucket("prod")}/data.tfstate`, `${stateBucket("prod")}/compute.tfstate`]);
});

it.each([
  ["a higher serial", state(42), binding(), "serial 41, now 42"],
  ["another lineage", state(41, {}, "m"), binding(), "serial 41, now 41"],
  ["none any more", undefined, binding(), "serial 41, now 0"],
  ["one where there was none", state(1), binding({ state: null }), "serial 0, now 1"],
])("says that the state has moved on: %s", async (_, now, planned, words) => {
  states.clear();
  if (now) states.set("data.tfstate", now);
  expect(await facts()("prod-data", planned)).toBe(`the state has moved on since it was planned (${words})`);
});

it("says whose outputs have changed", async () => {
  const fact = {
    stack: "prod-data",
    lineage: "l",
    serial: 41,
    outputs: ["bucket"],
    outputsSha256: hashOf(["bucket", "a"]),
  };
  expect(await facts()("prod-compute", binding({ state: null, upstream: [fact] }))).toBe(
    "outputs of prod-data have changed since it was planned",
  );
});

it("says that of a stack main has no more, whose state is beside the others", async () => {
  states.set("reports.tfstate", state(42));
  expect(await facts()("prod-reports", binding())).toBe(
    "the state has moved on since it was planned (serial 41, now 42)",
  );
  expect(await facts()("prod-reports", binding({ state: { lineage: "l", serial: 42 } }))).toBeUndefined();
});

it("can't say that of a stack main does not have yet, nor of a bootstrap whose state is not in a bucket yet", async () => {
  const elsewhere = { stack: "bucket/key", lineage: "l", serial: 1, outputs: ["x"], outputsSha256: "h" };
  expect(await facts()("prod-new", binding({ state: null, upstream: [elsewhere] }))).toBeUndefined();
  states.set("data.tfstate", { kind: "no-bucket" });
  expect(await facts()("prod-data", binding({ backend: "local" }))).toBeUndefined();
});
