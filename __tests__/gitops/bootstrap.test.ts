import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { bootstrapEnvironment } from "../../gitops/bootstrap-environment";
import type { EnvironmentOptions, Progress } from "../../gitops/options";
import { testAccount } from "../support/account";
import { testFolder, write } from "../support/folders";
import { stateBucket, testRegion, writeSynthesized } from "../support/synthesized";
import { describeWithProvider } from "../support/terraform";

const root = testFolder();
const minutes = 60_000;

/** The state bucket, and after it a resource whose making can be held up: it waits for a file. */
const synthesize = (environment: string, gate = "/") =>
  writeSynthesized(join(root, environment), environment, {
    bootstrap: {
      resource: {
        aws_s3_bucket: { state: { bucket: stateBucket(environment) } },
        terraform_data: {
          later: {
            depends_on: ["aws_s3_bucket.state"],
            provisioner: [
              { "local-exec": { command: `for i in $(seq 600); do test -e ${gate} && break; sleep 0.1; done` } },
            ],
          },
        },
      },
    },
  });

describeWithProvider("bootstrap, with Terraform and the AWS provider on the local account", (terraform) => {
  const account = testAccount(root);
  const bootstrap = (environment: string, more: Partial<EnvironmentOptions> = {}) =>
    bootstrapEnvironment({
      environment,
      outFolder: join(root, environment),
      workFolder: join(root, `${environment}-work`),
      env: account.env(),
      terraform,
      ...more,
    });
  const localState = (environment: string) =>
    join(root, `${environment}-work`, `${environment}-bootstrap`, "bootstrap.tfstate");
  const createBucket = (environment: string) =>
    account.s3().send(
      new CreateBucketCommand({
        Bucket: stateBucket(environment),
        CreateBucketConfiguration: { LocationConstraint: testRegion },
      }),
    );
  /** Interrupts at the first progress that fits. */
  const interruptAt = (fits: (progress: Progress) => boolean) => {
    const controller = new AbortController();
    return { signal: controller.signal, onProgress: (progress: Progress) => fits(progress) && controller.abort() };
  };

  it(
    "takes up where it was interrupted, in the apply or before the state was moved, and may be repeated",
    async () => {
      const gate = join(root, "gate");
      synthesize("first", gate);

      const held = await bootstrap(
        "first",
        interruptAt(({ message }) => message === "terraform_data.later: Creating..."),
      );
      expect(held).toMatchObject({ outcome: "failed", started: true });
      expect(held.error).toMatch(
        /^first-bootstrap: terraform apply was interrupted\.\n[\s\S]*1 of 2 changes were made before that\.$/,
      );
      expect(await account.keys(stateBucket("first"))).toEqual([]);

      write(gate);
      const unmoved = await bootstrap(
        "first",
        interruptAt(({ step }) => step === "migrate"),
      );
      expect(unmoved).toMatchObject({ outcome: "failed" });
      expect(await account.keys(stateBucket("first"))).toEqual([]);
      copyFileSync(localState("first"), join(root, "kept.tfstate"));

      expect(await bootstrap("first")).toMatchObject({ outcome: "nothing" });
      expect(await account.keys(stateBucket("first"))).toEqual(["bootstrap.tfstate"]);
      expect(existsSync(localState("first"))).toBe(false);

      // Killed after the state was moved, before the local one was removed.
      copyFileSync(join(root, "kept.tfstate"), localState("first"));
      expect(await bootstrap("first")).toMatchObject({ outcome: "nothing" });
      expect(existsSync(localState("first"))).toBe(false);
    },
    8 * minutes,
  );

  it(
    "takes over a state bucket that nobody's state knows, and a lock its own killed migration left",
    async () => {
      synthesize("second");
      await createBucket("second");
      await account.s3().send(
        new PutObjectCommand({
          Bucket: stateBucket("second"),
          Key: "bootstrap.tfstate.tflock",
          Body: JSON.stringify({ ID: "1", Operation: "migration", Who: `${userInfo().username}@${hostname()}` }),
        }),
      );

      expect(await bootstrap("second")).toMatchObject({
        outcome: "applied",
        applied: { add: 1, change: 0, destroy: 0 },
      });
      expect(await account.keys(stateBucket("second"))).toEqual(["bootstrap.tfstate"]);
    },
    4 * minutes,
  );

  it("does not give up a local state that is not the one in the bucket", async () => {
    synthesize("third");
    await createBucket("third");
    const state = (id: string) =>
      JSON.stringify({
        version: 4,
        lineage: "l",
        serial: 1,
        resources: [{ mode: "managed", type: "aws_s3_bucket", name: "state", instances: [{ attributes: { id } }] }],
      });
    const key = { Bucket: stateBucket("third"), Key: "bootstrap.tfstate" };
    await account.s3().send(new PutObjectCommand({ ...key, Body: state("theirs") }));
    mkdirSync(join(root, "third-work"), { recursive: true });
    write(localState("third"), state("ours"));

    expect((await bootstrap("third")).error).toBe(
      `third-bootstrap: the state in s3://${stateBucket("third")}/bootstrap.tfstate is not the one of ${localState("third")}; compare the two, and remove the one that is wrong.`,
    );
    expect(existsSync(localState("third"))).toBe(true);
  });
});
