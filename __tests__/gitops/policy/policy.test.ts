import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../../environments/repository";
import { testFolder } from "../../support/folders";
import { compiledGitops } from "../../support/pull-request/compiled-cli";
import { writeSynthesized } from "../../support/synthesized";

// checkov takes seconds to load.

const folder = testFolder();
const repository = repositoryFolder();
const policy = async (...args: string[]) => {
  const command = [await compiledGitops(), "policy", ...args];
  const child = spawn(process.execPath, command, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
};

it("finds nothing in the stacks of all environments that is not skipped for a reason, and no skip without need", async () => {
  const out = join(folder, "all");
  const env = { ...process.env, CDKTF_OUTDIR: out };
  expect(spawnSync(process.execPath, [join(repository, "gitops", "synth.mjs")], { cwd: folder, env }).status).toBe(0);
  const { code, stdout, stderr } = await policy("--synthesized", out, "--json");
  expect(stderr).toBe("");
  const { stacks, passed, offences, unused, exitCode } = JSON.parse(stdout);
  expect({ offences, unused, exitCode, code }).toEqual({ offences: [], unused: [], exitCode: 0, code: 0 });
  const { stacks: synthesized } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  expect([...stacks].sort()).toEqual(Object.keys(synthesized).sort());
  expect(passed).toBeGreaterThan(1000);
});

it("fails for a bucket that somebody opened to the public, and for SSH open to the world", async () => {
  const bucket = ["$", "{aws_s3_bucket.images.id}"].join("");
  const open = {
    block_public_acls: false,
    block_public_policy: false,
    ignore_public_acls: false,
    restrict_public_buckets: false,
  };
  const world = { from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"], description: "SSH" };
  const out = join(folder, "planted");
  writeSynthesized(out, "prod", {
    data: {
      resource: {
        aws_s3_bucket: { images: { "//": { metadata: { path: "prod-data/images/Default" } }, bucket: "images" } },
        aws_s3_bucket_public_access_block: { block: { bucket, ...open } },
        aws_s3_bucket_acl: { acl: { bucket, acl: "public-read" } },
      },
    },
    network: { resource: { aws_security_group: { door: { description: "door", ingress: [world] } } } },
  });
  const { code, stdout, stderr } = await policy("prod", "--synthesized", out);
  expect(stderr).toBe("");
  expect(code).toBe(1);
  const lines = stdout.split("\n");
  for (const [place, wants] of [
    [
      "prod-data: prod-data/images/Default (aws_s3_bucket.images) breaks CKV_AWS_20",
      "    wants: S3 Bucket has an ACL defined which allows public READ access.",
    ],
    [
      "prod-network: prod-network/door (aws_security_group.door) breaks CKV_AWS_24",
      "    wants: Ensure no security groups allow ingress from 0.0.0.0:0 to port 22",
    ],
  ] as const) {
    expect(lines).toContain(place);
    expect(lines[lines.indexOf(place) + 1]).toBe(wants);
  }
  expect(lines).toContain("prod-data: prod-data/block (aws_s3_bucket_public_access_block.block) breaks CKV_AWS_54");
});

it("names an environment that there is not, and says what its exit codes mean", async () => {
  const [unknown, help] = await Promise.all([policy("prd"), policy("--help")]);
  expect(unknown).toMatchObject({ code: 1, stdout: "" });
  expect(unknown.stderr).toContain("there is no environments/prd.yaml");
  expect(help.stdout).toContain("Exit codes: 0 every rule is kept or skipped for a reason, 1 one is not");
});
