import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { type StarterSettings, starterScript } from "../../modules/starter-script";
import { startScript } from "../../stacks/starter-files";
import { write, writeScript } from "../support/folders";

/** What a command said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
}

export const starterSettings: StarterSettings = {
  starter: "s3://apps/notebooks/",
  rolePrefix: "darkroom-test-analysts-",
  common: {
    DARKROOM_ENVIRONMENT: "test",
    DARKROOM_REGION: "eu-central-1",
    DARKROOM_CONTAINERS: "763104351884",
    DARKROOM_PROCESSED_BUCKET: "darkroom-test-processed",
    DARKROOM_ANALYSTS_BUCKET: "darkroom-test-analysts",
    DARKROOM_DATABASE: "darkroom_test",
    DARKROOM_TABLE: "features",
  },
  groups: {
    "image-analysts": {
      DARKROOM_OWN_NAME: "test-image-analysts",
      DARKROOM_WORKGROUP: "darkroom-test-analysts-image-analysts",
      DARKROOM_INSTANCE_TYPES: "ml.t3.medium,ml.m5.xlarge,ml.g5.xlarge",
      DARKROOM_MAX_RUNTIME_HOURS: "4",
    },
  },
};

/** Runs a command with nothing of this computer's environment but its programs. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out }));
  });
}

/**
 * A person's home in Studio: the start script runs there as deployed, with a stand-in of the `aws` command that copies `bucket/` in place of
 * S3 and tells the role of the caller.
 */
export class StudioHome {
  readonly home: string;
  /** Stands for the starter notebooks in S3. */
  readonly bucket: string;

  constructor(private readonly folder: string) {
    this.home = join(folder, "home");
    this.bucket = join(folder, "bucket");
    mkdirSync(this.home, { recursive: true });
    mkdirSync(this.bucket, { recursive: true });
    writeScript(join(folder, "bin/aws"), [
      `case "$1 $2" in`,
      `  "s3 cp") [ "$5" = s3://apps/notebooks/ ] && [ ! -e "${folder}/offline" ] && cp -r "${this.bucket}/." "$6" ;;`,
      `  "sts get-caller-identity") cat "${folder}/caller" ;;`,
      "  *) exit 9 ;;",
      "esac",
    ]);
  }

  get env(): NodeJS.ProcessEnv {
    return {
      HOME: this.home,
      PATH: `${join(this.folder, "bin")}:${process.env.PATH}`,
      DARKROOM_METADATA: join(this.folder, "metadata.json"),
    };
  }

  /** Makes the person one of a role; null: Studio's file does not say, so that the caller is asked. */
  role(name: string | null): void {
    const arn = `arn:aws:iam::111122223333:role/${name}`;
    write(
      join(this.folder, "metadata.json"),
      JSON.stringify({ DomainId: "d-1", ...(name && { ExecutionRoleArn: arn }) }, null, 2),
    );
  }

  caller(arn: string): void {
    write(join(this.folder, "caller"), `${arn}\n`);
  }

  offline(): void {
    write(join(this.folder, "offline"));
  }

  /** Starts JupyterLab, as far as the script goes. */
  start(settings = starterSettings): Promise<Ended> {
    return run("bash", [write(join(this.folder, "start.sh"), starterScript(settings, startScript()))], this.env);
  }

  read(path: string): string {
    return readFileSync(join(this.home, path), "utf8");
  }
}

export const notebooksFolder = join(repositoryFolder(), "notebooks");
