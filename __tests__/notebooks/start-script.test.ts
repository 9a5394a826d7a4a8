import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { starterScript } from "../../modules/starter-script";
import { startScript } from "../../stacks/starter-files";
import { temporaryFolders } from "../fixtures/temporary-folder";
import { write } from "../support/folders";
import { run, StudioHome, starterSettings } from "./studio";

const newFolder = temporaryFolders();

/** A home whose starter notebooks are two small files. */
function studio(): StudioHome {
  const made = new StudioHome(newFolder());
  made.role("darkroom-test-analysts-image-analysts");
  write(join(made.bucket, "01-explore.ipynb"), "first");
  write(join(made.bucket, "training/train.py"), "first");
  write(join(made.bucket, "job-networks"), "analysts=sg-2\nimage-analysts=sg-1\nx-image-analysts=sg-3\n");
  return made;
}

describe("Studio's start", () => {
  it("brings the starter notebooks and says where things are, to kernels, too", async () => {
    const made = studio();
    expect(await made.start()).toEqual({ code: 0, out: "" });
    expect(made.read("darkroom/01-explore.ipynb")).toBe("first");
    expect(made.read("darkroom/training/train.py")).toBe("first");
    expect(made.read(".darkroom/environment").split("\n")).toEqual([
      "DARKROOM_ENVIRONMENT=test",
      "DARKROOM_REGION=eu-central-1",
      "DARKROOM_CONTAINERS=763104351884",
      "DARKROOM_PROCESSED_BUCKET=darkroom-test-processed",
      "DARKROOM_ANALYSTS_BUCKET=darkroom-test-analysts",
      "DARKROOM_DATABASE=darkroom_test",
      "DARKROOM_TABLE=features",
      "DARKROOM_GROUP=image-analysts",
      "DARKROOM_OWN_NAME=test-image-analysts",
      "DARKROOM_WORKGROUP=darkroom-test-analysts-image-analysts",
      "DARKROOM_INSTANCE_TYPES=ml.t3.medium,ml.m5.xlarge,ml.g5.xlarge",
      "DARKROOM_MAX_RUNTIME_HOURS=4",
      "DARKROOM_JOB_NETWORK=sg-1",
      "",
    ]);
    expect(existsSync(join(made.home, "darkroom/job-networks"))).toBe(false);
    expect(made.read(".ipython/profile_default/startup/00-darkroom.py")).toContain("os.environ.setdefault");
  });

  it("updates what was left as it came, and puts a new one beside what a person changed", async () => {
    const made = studio();
    await made.start();
    write(join(made.home, "darkroom/01-explore.ipynb"), "mine");
    write(join(made.bucket, "01-explore.ipynb"), "second");
    write(join(made.bucket, "training/train.py"), "second");
    expect(await made.start()).toEqual({
      code: 0,
      out: "darkroom: 01-explore.ipynb was changed here; the new one is 01-explore.new.ipynb\n",
    });
    expect(made.read("darkroom/01-explore.ipynb")).toBe("mine");
    expect(made.read("darkroom/01-explore.new.ipynb")).toBe("second");
    expect(made.read("darkroom/training/train.py")).toBe("second");
  });

  it("brings nothing twice: what a person changed or removed stays so until there is a new one", async () => {
    const made = studio();
    await made.start();
    write(join(made.home, "darkroom/01-explore.ipynb"), "mine");
    rmSync(join(made.home, "darkroom/training/train.py"));
    expect(await made.start()).toEqual({ code: 0, out: "" });
    expect(readdirSync(join(made.home, "darkroom"))).toEqual(["01-explore.ipynb", "training"]);
    expect(readdirSync(join(made.home, "darkroom/training"))).toEqual([]);
    write(join(made.bucket, "training/train.py"), "second");
    await made.start();
    expect(made.read("darkroom/training/train.py")).toBe("second");
  });

  it("lets JupyterLab start where S3 can't be reached, and leaves what is there", async () => {
    const made = studio();
    await made.start();
    made.offline();
    expect(await made.start()).toEqual({
      code: 0,
      out: "darkroom: the starter notebooks could not be fetched from s3://apps/notebooks/; those that are there stay\n",
    });
    expect(made.read("darkroom/01-explore.ipynb")).toBe("first");
  });

  it("asks who the caller is where Studio's own file does not say", async () => {
    const made = studio();
    made.role(null);
    made.caller("arn:aws:sts::111122223333:assumed-role/darkroom-test-analysts-image-analysts/SageMaker");
    expect(await made.start()).toEqual({ code: 0, out: "" });
    expect(made.read(".darkroom/environment")).toContain("DARKROOM_GROUP=image-analysts\n");
  });

  it("says so to whoever is in no group", async () => {
    const made = studio();
    made.role("somebody");
    const { code, out } = await made.start();
    expect([code, out]).toEqual([
      0,
      "darkroom: arn:aws:iam::111122223333:role/somebody has the role of no group: notebooks will find no data\n",
    ]);
    expect(made.read(".darkroom/environment")).toContain("DARKROOM_GROUP=\n");
    expect(existsSync(join(made.home, "darkroom/01-explore.ipynb"))).toBe(true);
  });
});

it("has no fault that shellcheck knows, with groups and without", async () => {
  const shellcheck = join(repositoryFolder(), ".cache/workflow-checks/bin/shellcheck");
  for (const groups of [starterSettings.groups, {}]) {
    const script = write(join(newFolder(), "start.sh"), starterScript({ ...starterSettings, groups }, startScript()));
    expect(await run(shellcheck, [script], { PATH: process.env.PATH })).toEqual({ code: 0, out: "" });
  }
});

it("takes no value that a shell would read otherwise", () => {
  expect(() => starterScript({ ...starterSettings, common: { A: "$(id)" } }, "")).toThrow(
    'A: expected letters, digits and ./:@,-_ only, got "$(id)".',
  );
});
