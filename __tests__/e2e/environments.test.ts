import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../environments/load";
import { applyEnvironment } from "../../gitops/apply-environment";
import { planEnvironment } from "../../gitops/plan-environment";
import { localAccountEnvironment } from "../../gitops/target";
import { type Gateway, startGateway } from "../../local/gateway/gateway";
import { textsOf } from "../../local/gateway/xml";
import { type Ministack, startMinistack } from "../../local/processes/ministack";
import { bucketName } from "../../modules/names";
import { synthEnvironments } from "../../stacks/build";
import { call } from "../local/gateway/test-account";
import { testFolder } from "../support/folders";
import { describeWithProvider } from "../support/terraform";

const minutes = 60_000;
const clientSecret = "planted-client-secret-8c1f";
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
    for (const name of names) {
      const { webSignIn } = loadEnvironment(name);
      const body = JSON.stringify({
        Name: webSignIn?.clientSecretName,
        SecretString: clientSecret,
        ClientRequestToken: randomUUID(),
      });
      const made = await call(at(name), "secretsmanager", { target: "secretsmanager.CreateSecret", body });
      expect(made.status).toBe(200);
    }
    synthEnvironments(
      names.map((name) => loadEnvironment(name)),
      join(folder, "cdktf.out"),
    );
  });
  afterAll(async () => {
    await gateway?.stop();
    await ministack?.stop();
  });

  const at = (name: string) => ({ ...loadEnvironment(name), endpoint: gateway?.endpoint ?? "" });
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
  const layers = ["analytics", "bootstrap", "compute", "data", "identity", "network", "streaming"];

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

  it("people sign in before all else at the load balancer of each web app, by a secret that no state holds", async () => {
    const environment = at("prod");
    const ask = async (action: string, fields: Record<string, string> = {}) => {
      const body = new URLSearchParams({ Action: action, Version: "2015-12-01", ...fields }).toString();
      return (await call(environment, "elasticloadbalancing", { body })).text;
    };
    const balancers = textsOf(await ask("DescribeLoadBalancers"), "LoadBalancerArn");
    expect(balancers).toHaveLength(2);
    for (const LoadBalancerArn of balancers) {
      const listeners = await ask("DescribeListeners", { LoadBalancerArn });
      expect(textsOf(listeners, "Port").filter((port) => /^(80|443)$/.test(port))).toEqual(
        expect.arrayContaining(["443", "80"]),
      );
      const rules = await Promise.all(
        textsOf(listeners, "ListenerArn").map((ListenerArn) => ask("DescribeRules", { ListenerArn })),
      );
      expect(rules.filter((rule) => rule.includes("<Priority>1</Priority>"))).toEqual([
        expect.stringMatching(/<Type>authenticate-oidc<\/Type>[\s\S]*<Type>forward<\/Type>/),
      ]);
    }
    const { account, endpoint, region } = environment;
    const s3 = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId: account, secretAccessKey: "local" },
    });
    for (const layer of layers) {
      const Bucket = bucketName(environment, "state");
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `${layer}.tfstate` }));
      const state = (await Body?.transformToString()) ?? "";
      expect(state).toContain('"resources"');
      expect(state).not.toContain(clientSecret);
    }
    s3.destroy();
  });
});
