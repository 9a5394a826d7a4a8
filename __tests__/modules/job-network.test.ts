import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, Testing } from "cdktf";
import { JobNetwork } from "../../modules/job-network";
import { StudioNetwork } from "../../modules/studio-network";
import { StudioPersonNetwork } from "../../modules/studio-person-network";
import { call, startTestAccount, type TestAccount } from "../local/gateway/test-account";
import { describeWithProvider } from "../support/terraform";
import { terraformIn } from "../support/terraform-in";

const names = ["studio", "ada", "ben", "analysts", "scientists"] as const;
type Name = (typeof names)[number];

/** The networks of two people and of two groups, as Terraform reads them. */
function stack(): string {
  const made = JSON.parse(
    Testing.synthScope((scope) => {
      const { id: vpcId } = new Vpc(scope, "vpc", { cidrBlock: "10.0.0.0/16" });
      const ways = { vpcId, cidr: "10.0.0.0/16", s3PrefixListId: "pl-0a1b2c3d", nat: true };
      const groups: Record<Name, string> = {
        studio: new StudioNetwork(scope, "studio", { ...ways, name: "test-studio" }).groupId,
        ada: new StudioPersonNetwork(scope, "ada", { vpcId, name: "test-studio-ada" }).groupId,
        ben: new StudioPersonNetwork(scope, "ben", { vpcId, name: "test-studio-ben" }).groupId,
        analysts: new JobNetwork(scope, "analysts", { ...ways, name: "test-jobs-analysts" }).groupId,
        scientists: new JobNetwork(scope, "scientists", { ...ways, name: "test-jobs-scientists" }).groupId,
      };
      for (const name of names) {
        new TerraformOutput(scope, `out-${name}`, { value: groups[name] }).overrideLogicalId(name);
      }
    }),
  ) as object;
  return JSON.stringify({
    ...made,
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: { region: "eu-central-1" } },
  });
}

interface Rule {
  readonly group: string | undefined;
  readonly outward: boolean;
  readonly protocol: string | undefined;
  readonly ports: readonly [number, number];
  readonly peer: string | undefined;
}

/** The rules that the account has, as EC2 describes them. */
async function rulesOf(account: TestAccount): Promise<Rule[]> {
  const { text } = await call(account, "ec2", { body: "Action=DescribeSecurityGroupRules&Version=2016-11-15" });
  return text
    .split("<securityGroupRuleId>")
    .slice(1)
    .map((rule) => {
      const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(rule)?.[1];
      return {
        group: field("groupId"),
        outward: field("isEgress") === "true",
        protocol: field("ipProtocol"),
        ports: [Number(field("fromPort")), Number(field("toPort"))],
        peer: /<referencedGroupInfo>.*?<groupId>([^<]*)</s.exec(rule)?.[1] ?? field("cidrIpv4"),
      };
    });
}

describeWithProvider("the networks of notebooks and jobs, on the emulated account", (found) => {
  let account: TestAccount;
  let folder: string;
  let rules: readonly Rule[];
  let groups: Readonly<Record<Name, string>>;

  const terraform = (...args: string[]) => terraformIn(found, { folder, stack: "networks", account }, ...args);

  beforeAll(async () => {
    account = await startTestAccount();
    folder = join(account.folder, "stack");
    mkdirSync(folder);
    writeFileSync(join(folder, "cdk.tf.json"), stack());
    await terraform("init", "-no-color");
    await terraform("apply", "-no-color", "-auto-approve");
    const { stdout } = await terraform("output", "-json");
    const outputs = JSON.parse(stdout) as Record<Name, { readonly value: string }>;
    groups = Object.fromEntries(names.map((name) => [name, outputs[name].value])) as Record<Name, string>;
    rules = await rulesOf(account);
  });
  afterAll(() => account?.stop());

  /** Whether something in some groups reaches something in others: one rule has to let it out, and one has to let it in. */
  const reaches = (from: readonly Name[], to: readonly Name[], protocol: "tcp" | "udp" | "50", port = 0) => {
    const [own, others] = [from, to].map((all) => all.map((name) => groups[name]));
    const lets = (outward: boolean, at: readonly string[] = [], peers: readonly string[] = []) =>
      rules.some(
        (rule) =>
          rule.outward === outward &&
          at.includes(rule.group ?? "") &&
          // A range is the VPC's own, or all there is; both hold every address here.
          (peers.includes(rule.peer ?? "") || /^(10|0)\.0\.0\.0\//.test(rule.peer ?? "")) &&
          (rule.protocol === "-1" || (rule.protocol === protocol && rule.ports[0] <= port && port <= rule.ports[1])),
      );
    return lets(true, own, others) && lets(false, others, own);
  };
  const notebook = (person: "ada" | "ben"): Name[] => ["studio", person];
  const ports = [22, 443, 2049, 2222, 7777, 8192, 8888, 29500, 65535];

  it("apply, and a second plan has no changes", async () => {
    const { code, stdout } = await terraform("plan", "-no-color", "-detailed-exitcode");
    expect({ code, plan: code === 0 ? "" : stdout }).toEqual({ code: 0, plan: "" });
  });

  it("let the instances of one group's jobs reach each other by everything, encrypted too", () => {
    for (const jobs of ["analysts", "scientists"] as const) {
      expect(ports.filter((port) => !reaches([jobs], [jobs], "tcp", port))).toEqual([]);
      expect([reaches([jobs], [jobs], "udp", 500), reaches([jobs], [jobs], "50")]).toEqual([true, true]);
    }
  });

  it("let no group's jobs reach another's, nor any notebook or the home file system", () => {
    for (const others of [["scientists"], notebook("ada"), notebook("ben"), ["studio"]] as const) {
      expect(ports.filter((port) => reaches(["analysts"], others, "tcp", port))).toEqual([]);
      expect([reaches(["analysts"], others, "udp", 500), reaches(["analysts"], others, "50")]).toEqual([false, false]);
    }
  });

  it("let no notebook reach another person's, or jobs, while one person's apps reach each other", () => {
    const reached = (to: readonly Name[]) => ports.filter((port) => reaches(notebook("ada"), to, "tcp", port));
    // NFS, by which all reach the home file system, where notebooks listen to nothing.
    expect(reached(notebook("ben"))).toEqual([2049]);
    expect(reached(["analysts"])).toEqual([]);
    expect(reached(notebook("ada"))).toEqual([2049, 8192, 8888, 29500, 65535]);
  });

  it("are destroyed whole", async () => {
    expect((await terraform("destroy", "-no-color", "-auto-approve")).stdout).toContain("Destroy complete!");
  });
});
