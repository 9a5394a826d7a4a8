import { join, resolve } from "node:path";
import { localFolder } from "../../local-folder";

const root = resolve(__dirname, "../../..");

/** Where `npm start` keeps things; all of it may be deleted while nothing runs. */
export const places = {
  root,
  local: localFolder,
  /** Process groups of the servers of the last run. */
  servers: join(localFolder, "servers.json"),
  ministack: join(localFolder, "state"),
  /** What event source and schedule runner did and met with in the last run. */
  runners: join(localFolder, "runners.log"),
  kafka: join(localFolder, "kafka"),
  gateway: join(localFolder, "gateway.json"),
  /** Terraform's data and provider lock files. */
  terraform: join(localFolder, "terraform", "local-account"),
  plans: join(localFolder, "plans"),
  /** Synthesized stacks of the local environment. */
  synthesized: join(localFolder, "cdktf.out"),
  /** There once the account was applied as a whole. */
  deployed: join(localFolder, "deployed"),
  run: join(localFolder, "run.json"),
  /** Uploads that the last run began. */
  uploads: join(localFolder, "uploads.jsonl"),
  /** The web apps, a folder each: code, log and port. */
  apps: join(localFolder, "apps"),
  photographs: join(root, ".cache/photographs"),
  corpus: join(root, ".cache/corpus"),
} as const;
