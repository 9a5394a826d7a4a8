import { join } from "node:path";
import { fileHash, type PlanBinding, whyStale } from "../../gitops/plan-binding";
import { testFolder, write } from "../support/folders";

const folder = testFolder();
const file = write(join(folder, "dev-data.tfplan"), "plan");
const upstream = { stack: "dev-network", lineage: "n", serial: 3, outputs: ["vpc"], outputsSha256: "o" };
const now: Omit<PlanBinding, "planSha256"> = {
  backend: "s3",
  endpoint: "aws",
  terraform: "terraform 1.11.4",
  configSha256: "c",
  lockSha256: "k",
  state: { lineage: "l", serial: 4 },
  upstream: [upstream],
};
const saved: PlanBinding = { ...now, planSha256: fileHash(file) ?? "" };

describe("whyStale", () => {
  it("lets a plan be applied while nothing it was made from has changed", () => {
    expect(whyStale(saved, now, file)).toBeUndefined();
  });

  it("does not mind that an upstream state has moved while its outputs are the same", () => {
    expect(whyStale(saved, { ...now, upstream: [{ ...upstream, serial: 9 }] }, file)).toBeUndefined();
  });

  it.each<[Partial<PlanBinding>, string]>([
    [{ configSha256: "d" }, "the configuration has changed since it was planned"],
    [{ lockSha256: "x" }, "the provider lock file has changed since it was planned"],
    [{ state: { lineage: "l", serial: 5 } }, "the state has moved on since it was planned (serial 4, now 5)"],
    [{ state: { lineage: "m", serial: 4 } }, "the state has moved on since it was planned (serial 4, now 4)"],
    [{ state: null }, "the state has moved on since it was planned (serial 4, now 0)"],
    [{ endpoint: "http://127.0.0.1:1" }, "it was planned against aws, not http://127.0.0.1:1"],
    [{ terraform: "tofu 1.11.0" }, "it was planned by terraform 1.11.4, not tofu 1.11.0"],
    [{ upstream: [{ ...upstream, outputsSha256: "p" }] }, "outputs of dev-network have changed since it was planned"],
  ])("refuses it when now %j", (change, why) => {
    expect(whyStale(saved, { ...now, ...change }, file)).toBe(why);
  });

  it("refuses a plan file that is missing or was altered", () => {
    const altered = write(join(folder, "altered.tfplan"), "other plan");

    expect(whyStale(saved, now, altered)).toBe("the plan file is missing or was altered");
    expect(whyStale(saved, now, join(folder, "missing.tfplan"))).toBe("the plan file is missing or was altered");
  });
});
