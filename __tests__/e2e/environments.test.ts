import { join } from "node:path";
import { loadEnvironment } from "../../environments/load";
import { applyEnvironment } from "../../gitops/apply-environment";
import { planEnvironment } from "../../gitops/plan-environment";
import { localAccountEnvironment } from "../../gitops/target";
import { type Gateway, startGateway } from "../../local/gateway/gateway";
import { type Ministack, startMinistack } from "../../local/processes/ministack";
import { synthEnvironments } from "../../stacks/build";
import { testFolder } from "../support/folders";
import { describeWithProvider } from "../support/terraform";

const minutes = 60_000;
const names = ["dev", "staging", "prod"];

/** The very bytes that go to AWS, applied whole to an emulated account: one account an environment. */
describeWithProvider("the stacks of dev, staging and prod", (terraform) => {
  const folder = testFolder();
  let ministack: Ministack | undefined;
  let gateway: Gateway | undefined;

  beforeAll(async () => {
    ministack = await startMinistack({ stateFolder: join(folder, "state"), log: () => {} });
    gateway = await startGateway({
      upstream: ministack.endpoint,
      stateFile: join(folder, "gateway.json"),
      kafkaBrokers: ["127.0.0.1:9098"],
    });
    synthEnvironments(
      names.map((name) => loadEnvironment(name)),
      join(folder, "cdktf.out"),
    );
  }, 2 * minutes);
  afterAll(async () => {
    await gateway?.stop();
    await ministack?.stop();
  }, minutes);

  const options = (name: string) => {
    const { account, region } = loadEnvironment(name);
    return {
      environment: name,
      outFolder: join(folder, "cdktf.out"),
      workFolder: join(folder, "work", name),
      env: localAccountEnvironment(process.env, { endpoint: gateway?.endpoint ?? "", account, region }),
      terraform,
      concurrency: 2,
    };
  };
  const layers = ["analytics", "bootstrap", "compute", "data", "network", "streaming"];

  // Side by side: most of the time is the provider waiting for S3 and SQS to settle.
  it.concurrent.each(names)(
    "apply whole, and a second plan of %s says no changes",
    async (name) => {
      const applied = await applyEnvironment(options(name));
      expect(applied.map(({ stack, outcome, error }) => [stack, outcome, error]).sort()).toEqual(
        layers.map((layer) => [`${name}-${layer}`, "applied", undefined]),
      );
      const planned = await planEnvironment(options(name));
      expect(planned.map(({ stack, outcome, error }) => [stack, outcome, error]).sort()).toEqual(
        layers.map((layer) => [`${name}-${layer}`, "no-changes", undefined]),
      );
    },
    20 * minutes,
  );
});
