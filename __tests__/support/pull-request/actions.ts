import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { repositoryFolder } from "../../../environments/repository";
import { takeCache } from "./job-cache";

/** Where the actions of a job work. */
export interface ActionPlace {
  /** The job's checkout. */
  readonly workspace: string;
  /** Of the run: a folder an artifact. */
  readonly artifacts: string;
  /** makeCache() */
  readonly cache: string;
  /** The repository on GitHub. */
  readonly remote: string;
  /** Commit that started the run. */
  readonly sha: string;
  /** Endpoint of the AWS account. */
  readonly endpoint: string;
  /** What happens to a file on its way to the next job; undefined: it is lost. @default nothing */
  readonly onUpload?: ((file: string, text: string) => string | undefined) | undefined;
  /** The job's environment, to which an action may add. */
  readonly env: NodeJS.ProcessEnv;
}

type Inputs = Readonly<Record<string, string>>;

/** What the actions of the workflows do, as far as the commands after them see it; returns the step's outputs. */
export const actions: Readonly<Record<string, (inputs: Inputs, place: ActionPlace) => Record<string, string>>> = {
  "actions/checkout": checkout,
  // Node and Terraform are the computer's own; the cache of providers is the folder that all jobs share.
  "actions/setup-node": () => ({}),
  "hashicorp/setup-terraform": () => ({}),
  "actions/cache/restore": () => ({ "cache-hit": "true" }),
  "actions/upload-artifact": (inputs, { workspace, artifacts, onUpload = (_, text) => text }) => {
    const { name = "artifact", path = "" } = inputs;
    const from = join(workspace, path);
    const text = existsSync(from) ? onUpload(path, readFileSync(from, "utf8")) : undefined;
    if (text !== undefined) {
      mkdirSync(join(artifacts, name), { recursive: true });
      writeFileSync(join(artifacts, name, basename(path)), text);
    } else if (inputs["if-no-files-found"] === "error") throw new Error(`No files were found with the path ${path}`);
    return {};
  },
  "actions/download-artifact": ({ name, pattern, path = "." }, { workspace, artifacts }) => {
    const fits = new RegExp(`^${(pattern ?? name ?? "*").replaceAll("*", ".*")}$`);
    const found = existsSync(artifacts) ? readdirSync(artifacts).filter((each) => fits.test(each)) : [];
    if (found.length === 0 && name !== undefined) throw new Error(`Artifact not found for name: ${name}`);
    mkdirSync(join(workspace, path), { recursive: true });
    for (const each of found) cpSync(join(artifacts, each), join(workspace, path), { recursive: true });
    return {};
  },
  "aws-actions/configure-aws-credentials": (inputs, { env, endpoint }) => {
    const account = /^arn:aws:iam::(\d{12}):role\/\S+$/.exec(inputs["role-to-assume"] ?? "")?.[1];
    if (account === undefined) throw new Error(`Expected a role, but got ${inputs["role-to-assume"]}.`);
    Object.assign(env, {
      // The emulated account is the one whose number the access key is.
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_REGION: inputs["aws-region"],
      AWS_DEFAULT_REGION: inputs["aws-region"],
      AWS_ENDPOINT_URL: endpoint,
    });
    return {};
  },
};

function checkout(inputs: Inputs, { workspace, cache, remote, sha }: ActionPlace): Record<string, string> {
  const { ref = sha } = inputs;
  const depth = Number(inputs["fetch-depth"] ?? "1");
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: workspace, encoding: "utf8" }).trim();
  mkdirSync(workspace, { recursive: true });
  git("init", "--quiet");
  git("remote", "add", "origin", `file://${remote}`);
  if (depth === 0) git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", ref);
  else git("fetch", "--quiet", `--depth=${depth}`, "origin", ref);
  git("checkout", "--quiet", "--detach", "FETCH_HEAD");
  if (depth === 0) git("checkout", "--quiet", "--detach", git("rev-parse", "--verify", ref));
  symlinkSync(join(repositoryFolder(), "node_modules"), join(workspace, "node_modules"));
  takeCache(cache, workspace);
  return { ref, commit: git("rev-parse", "HEAD") };
}
