import type { S3Location } from "../../../gitops/terraform/configuration";
import type { ReadState, StateLookup } from "../../../gitops/terraform/state";
import { lookUpstream } from "../../../gitops/terraform/upstream";

const location: S3Location = { bucket: "states", key: "network.tfstate", region: "eu-central-1" };
const stateWith = (outputs: Record<string, string>, serial = 1): StateLookup => ({
  kind: "state",
  state: {
    version: 4,
    lineage: "l",
    serial,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    resources: [],
  },
});

const look = (lookup: StateLookup, outputs: readonly string[] = ["vpc"]) => {
  const readState: ReadState = async () => lookup;
  return lookUpstream({ upstream: [{ location, outputs }] }, readState, () => "dev-network");
};

const hashOf = async (lookup: StateLookup) => {
  const upstream = await look(lookup);
  return upstream.ready ? upstream.facts[0]?.outputsSha256 : undefined;
};

describe("lookUpstream", () => {
  it.each<[string, StateLookup]>([
    ["has no bucket", { kind: "no-bucket" }],
    ["was never applied", { kind: "no-state" }],
    ["lacks an output that is read", stateWith({ other: "x" })],
  ])("waits for a stack that %s", async (_, lookup) => {
    expect(await look(lookup)).toEqual({ ready: false, waitsFor: ["dev-network"] });
  });

  it("is ready when every output that is read is there", async () => {
    expect(await look(stateWith({ vpc: "vpc-1", other: "x" }, 7))).toEqual({
      ready: true,
      facts: [
        {
          stack: "dev-network",
          lineage: "l",
          serial: 7,
          outputs: ["vpc"],
          outputsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
    });
  });

  it("notices other values of the outputs that are read, not of the rest", async () => {
    const before = await hashOf(stateWith({ vpc: "vpc-1", other: "x" }, 1));

    expect(await hashOf(stateWith({ vpc: "vpc-1", other: "y" }, 2))).toBe(before);
    expect(await hashOf(stateWith({ vpc: "vpc-2", other: "x" }, 2))).not.toBe(before);
  });
});
