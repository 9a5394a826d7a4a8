import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LocalGithub } from "../github/github";
import type { Pull } from "../github/repository";
import { gitResource } from "./git-resource";

/** How GitHub merges a pull request. */
export type MergeKind = "merge" | "squash" | "rebase";

const identity = (who: string) => ({
  GIT_AUTHOR_NAME: who,
  GIT_AUTHOR_EMAIL: `${who}@example.com`,
  GIT_COMMITTER_NAME: who,
  GIT_COMMITTER_EMAIL: `${who}@example.com`,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
});

/** The repository on GitHub: a bare one, of which the local GitHub tells, and a clone in which people work. */
export class Origin {
  readonly bare: string;
  private readonly work: string;

  /** @param write - writes the files of main's first commit */
  constructor(
    folder: string,
    private readonly github: LocalGithub,
    write: (folder: string) => void,
  ) {
    this.bare = join(folder, "origin.git");
    this.work = join(folder, "people");
    mkdirSync(this.work, { recursive: true });
    write(this.work);
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message=First");
    execFileSync("git", ["clone", "--quiet", "--bare", this.work, this.bare]);
    // As GitHub packs it: a pack is sent as it is, thousands of single files are compressed anew for each job.
    execFileSync("git", ["repack", "--quiet", "-a", "-d"], { cwd: this.bare });
    // What a setting of GitHub's own is: commits can be asked for by their hash.
    execFileSync("git", ["config", "uploadpack.allowAnySHA1InWant", "true"], { cwd: this.bare });
    this.git("remote", "add", "origin", this.bare);
    github.extra.push(gitResource(this));
    this.tell();
  }

  /** Runs git in the people's clone. */
  git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.work, encoding: "utf8", env: { ...process.env, ...identity("dev") } });
  }

  /** Runs git in the repository on GitHub. */
  onGithub(args: readonly string[], input?: string, env: NodeJS.ProcessEnv = {}): string {
    return execFileSync("git", args, {
      cwd: this.bare,
      encoding: "utf8",
      input: input ?? "",
      env: { ...process.env, ...identity("github"), ...env },
    }).trim();
  }

  commitOf(ref: string): string {
    return this.onGithub(["rev-parse", "--verify", `${ref}^{commit}`]);
  }

  /** Commits an edit to a branch, which begins at main where there is none yet, and pushes it. */
  push(branch: string, edit: (folder: string) => void, message = `Change of ${branch}`): string {
    this.git("fetch", "--quiet", "origin");
    const known = this.github.repository.git.branches.has(branch);
    this.git("checkout", "--quiet", "-B", branch, `origin/${known ? branch : "main"}`);
    edit(this.work);
    this.git("add", "--all");
    this.git("commit", "--quiet", `--message=${message}`);
    this.git("push", "--quiet", "origin", `${branch}:${branch}`);
    this.tell();
    return this.commitOf(branch);
  }

  open(branch: string, more: Partial<Pull> = {}): Pull {
    const { repository } = this.github;
    const pull: Pull = {
      number: repository.nextId(),
      state: "open",
      title: branch,
      head: { sha: this.commitOf(branch), ref: branch, repo: { full_name: "image-platform/darkroom" } },
      base: { sha: this.commitOf("main"), ref: "main" },
      user: { login: "author", type: "User" },
      ...more,
    };
    repository.pulls.push(pull);
    this.tell();
    return pull;
  }

  /** `refs/pull/<number>/merge`, which GitHub makes anew whenever head or base move. @throws when they conflict */
  mergeRef({ number, head }: Pull): string {
    const main = this.commitOf("main");
    const tree = this.onGithub(["merge-tree", "--write-tree", main, head.sha]).split("\n")[0] ?? "";
    const message = `Merge ${head.sha} into ${main}`;
    const commit = this.onGithub(["commit-tree", tree, "-p", main, "-p", head.sha, "-m", message]);
    this.onGithub(["update-ref", `refs/pull/${number}/merge`, commit]);
    return commit;
  }

  /** Merges a pull request as its button on GitHub does. @returns the push that the workflows of main hear of */
  merge(pull: Pull, kind: MergeKind = "merge"): { readonly before: string; readonly after: string } {
    const before = this.commitOf("main");
    const own = this.onGithub(["rev-list", "--count", `${before}..${pull.head.sha}`]);
    if (kind === "rebase") {
      this.git("fetch", "--quiet", "origin");
      this.git("checkout", "--quiet", "--detach", pull.head.sha);
      // GitHub makes new commits also where none would be needed.
      this.git("rebase", "--quiet", "--force-rebase", before);
      this.git("push", "--quiet", "origin", "HEAD:main");
    } else {
      const merged = this.mergeRef(pull);
      const parents = kind === "merge" ? ["-p", before, "-p", pull.head.sha] : ["-p", before];
      const message = kind === "merge" ? `Merge pull request #${pull.number}` : `${pull.title} (#${pull.number})`;
      const commit = this.onGithub(["commit-tree", `${merged}^{tree}`, ...parents, "-m", message]);
      this.onGithub(["update-ref", "refs/heads/main", commit]);
    }
    const after = this.commitOf("main");
    const brought = this.onGithub(["rev-list", "--first-parent", `${before}..${after}`]).split("\n");
    Object.assign(pull, {
      ...{ state: "closed", merged_at: new Date().toISOString(), merge_commit_sha: after },
      ...{ merged_by: { login: "merger" }, brought, commits: Number(own) },
    });
    this.tell();
    return { before, after };
  }

  /** Has the local GitHub know the branches as they are now. */
  tell(): void {
    const { git, pulls, files } = this.github.repository;
    const refs = this.onGithub(["for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads"]);
    git.branches.clear();
    for (const line of refs.split("\n")) {
      const [name = "", sha = ""] = line.split(" ");
      git.branches.set(name, sha);
    }
    for (const pull of pulls) {
      const sha = git.branches.get(pull.head.ref);
      if (pull.state === "open" && sha !== undefined) pull.head.sha = sha;
    }
    files.set(".github/CODEOWNERS", this.onGithub(["show", "main:.github/CODEOWNERS"]));
  }
}
