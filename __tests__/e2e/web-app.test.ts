import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { strToU8, zipSync } from "fflate";
import { WebApp, type WebAppProps } from "../../modules/web-app";
import { startTestAccount, type TestAccount } from "../local/gateway/test-account";
import { synthConstruct } from "../support/construct";
import { describeWithProvider } from "../support/terraform";
import { terraformIn } from "../support/terraform-in";

jest.setTimeout(600_000);
const region = "eu-central-1";
const cidr = "10.0.0.0/16";

/** A web app with all that it can have, running the given code. */
function stack(account: string, zipPath: string, sha256: string, changes: Partial<WebAppProps>): object {
  const { terraform, ...rest } = synthConstruct((scope) => {
    new AwsProvider(scope, "aws", { region, defaultTags: [{ tags: { application: "darkroom" } }] });
    const bucket = new S3Bucket(scope, "bucket", { bucket: "test-bundles" });
    const vpc = new Vpc(scope, "vpc", { cidrBlock: cidr });
    const subnet = new Subnet(scope, "subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    new WebApp(scope, "web", {
      name: "darkroom-test-web",
      account,
      region,
      vpcId: vpc.id,
      cidr,
      instanceSubnetIds: [subnet.id],
      loadBalancerSubnetIds: [subnet.id],
      securityGroupIds: [],
      instanceTypes: ["t4g.small"],
      minInstances: 2,
      maxInstances: 4,
      certificateArn: `arn:aws:acm:${region}:${account}:certificate/11111111-1111-4111-8111-111111111111`,
      code: { zipPath, sha256, bucketName: bucket.id },
      environment: { ENVIRONMENT: "test" },
      logRetentionDays: 30,
      kmsKeyArn: new KmsKey(scope, "key", {}).arn,
      accessLogs: { bucketName: "logs", prefix: "load-balancers/web" },
      statements: [],
      signIn: {
        issuer: "https://login.example.com",
        authorizationEndpoint: "https://login.example.com/authorize",
        tokenEndpoint: "https://login.example.com/token",
        userInfoEndpoint: "https://login.example.com/userinfo",
        clientId: "darkroom",
        clientSecretName: "darkroom/test",
      },
      firewall: { mode: "block", requestsPerFiveMinutes: 500 },
      ...changes,
    });
  });
  // Whichever version of the provider is at hand, as BaseStack has it.
  return { ...rest, terraform: { ...terraform, required_providers: { aws: { source: "hashicorp/aws" } } } };
}

describeWithProvider("a web app with a firewall, where people sign in", (found) => {
  let account: TestAccount;
  let folder: string;
  const terraform = (...args: string[]) => terraformIn(found, { folder, stack: "web-app", account }, ...args);
  /** Writes the stack with some code, and returns the label of its version. */
  const withCode = (text: string, changes: Partial<WebAppProps> = {}): string => {
    const zip = zipSync({ "index.js": strToU8(text) }, { mtime: "2026-01-01" });
    const sha256 = createHash("sha256").update(zip).digest("hex");
    const zipPath = join(folder, `${sha256}.zip`);
    writeFileSync(zipPath, zip);
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack(account.account, zipPath, sha256, changes)));
    return sha256.slice(0, 12);
  };
  const planned = async () => (await terraform("plan", "-no-color", "-detailed-exitcode")).stdout;

  beforeAll(async () => {
    account = await startTestAccount();
    folder = join(account.folder, "stack");
    mkdirSync(folder);
  });
  afterAll(() => account?.stop());

  /** What a plan would touch: types of resources, and how. */
  const touchedBy = (plan: string) =>
    [...plan.matchAll(/^ {2}# (\S+)\.\S+ (?:will be|must be) (.+)$/gm)].map(([, type, how]) => [type, how]).sort();

  it("applies, and a second plan has no changes", async () => {
    withCode("// one");
    await terraform("init", "-no-color");
    await terraform("apply", "-no-color", "-auto-approve");
    expect(await planned()).toContain("No changes.");
  });

  it("runs other code as another version, made before the old one goes, and touches nothing else", async () => {
    const label = withCode("// two");
    const plan = await planned();
    expect(plan).toMatch(new RegExp(`version_label\\s+= "[0-9a-f]{12}" -> "${label}"`));
    expect(touchedBy(plan)).toEqual([
      ["aws_elastic_beanstalk_application_version", "replaced"],
      ["aws_elastic_beanstalk_environment", "updated in-place"],
      ["aws_s3_object", "replaced"],
    ]);
    const { stdout } = await terraform("apply", "-no-color", "-auto-approve");
    const steps =
      /^aws_elastic_beanstalk_(application_version|environment)\..*?: (Creation complete|Modifications complete|Destroying)/gm;
    expect([...stdout.matchAll(steps)].map(([, what, done]) => [what, done])).toEqual([
      ["application_version", "Creation complete"],
      ["environment", "Modifications complete"],
      ["application_version", "Destroying"],
    ]);
    expect(await planned()).toContain("No changes.");
  });

  it("goes from HTTP alone to HTTPS and signing in at one apply", async () => {
    withCode("// two", { signIn: undefined, certificateArn: undefined });
    await terraform("apply", "-no-color", "-auto-approve");
    expect(await planned()).toContain("No changes.");
    withCode("// two");
    await terraform("apply", "-no-color", "-auto-approve");
    expect(await planned()).toContain("No changes.");
  });

  it("can be destroyed", async () => {
    expect((await terraform("destroy", "-no-color", "-auto-approve")).stdout).toContain("Destroy complete!");
  });
});
