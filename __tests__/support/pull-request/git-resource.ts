import { rmSync } from "node:fs";
import { join } from "node:path";
import { invalid, notFound, type Resource } from "../github/resource";
import type { Origin } from "./origin";

const branchOf = (ref: string): string => ref.replace(/^(refs\/)?heads\//, "");

const raw = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };

/** GitHub REST API, "Git database" and "Repository contents" in the raw form, on a repository of git's own. */
export function gitResource(origin: Origin): Resource {
  const tryGit = (...args: Parameters<Origin["onGithub"]>): string | undefined => {
    try {
      return origin.onGithub(...args);
    } catch {
      return undefined;
    }
  };
  return {
    "GET /contents/(?<path>.+)": ({ query }, { path = "" }, { files }) => {
      const text = files.get(path) ?? tryGit(["show", `${query.get("ref") ?? "main"}:${path}`]);
      return text === undefined ? notFound : { body: Buffer.from(text), headers: raw };
    },
    "GET /git/ref/:ref": (_call, { ref = "" }) => {
      const sha = tryGit(["rev-parse", "--verify", "--quiet", `refs/${ref}`]);
      return sha === undefined ? notFound : { body: { ref: `refs/${ref}`, object: { type: "commit", sha } } };
    },
    "POST /git/refs": ({ body }, _parameters, { git }) => {
      if (git.branches.has(branchOf(body.ref))) return { status: 422, body: { message: "Reference already exists" } };
      if (tryGit(["update-ref", body.ref, body.sha]) === undefined) return invalid("Object does not exist");
      origin.tell();
      return { status: 201, body: { ref: body.ref, object: { sha: body.sha } } };
    },
    "PATCH /git/refs/:ref": ({ body }, { ref = "" }, { git }) => {
      const before = git.branches.get(branchOf(ref));
      if (before === undefined) return { status: 422, body: { message: "Reference does not exist" } };
      const forward = tryGit(["merge-base", "--is-ancestor", before, body.sha]) !== undefined;
      if (!body.force && !forward) return invalid("Update is not a fast forward");
      origin.onGithub(["update-ref", `refs/${ref}`, body.sha]);
      origin.tell();
      return { body: { ref: `refs/${ref}`, object: { sha: body.sha } } };
    },
    "GET /git/commits/:sha": (_call, { sha = "" }) => {
      const tree = tryGit(["rev-parse", "--verify", "--quiet", `${sha}^{tree}`]);
      return tree === undefined ? notFound : { body: { sha, tree: { sha: tree }, message: "" } };
    },
    "POST /git/trees": ({ body }) => {
      const index = join(origin.bare, `index-${process.pid}`);
      const env = { GIT_INDEX_FILE: index };
      try {
        origin.onGithub(["read-tree", body.base_tree], undefined, env);
        for (const { path, mode, content } of body.tree) {
          const blob = origin.onGithub(["hash-object", "-w", "--stdin"], content);
          origin.onGithub(["update-index", "--add", "--cacheinfo", `${mode},${blob},${path}`], undefined, env);
        }
        return { status: 201, body: { sha: origin.onGithub(["write-tree"], undefined, env) } };
      } finally {
        rmSync(index, { force: true });
      }
    },
    "POST /git/commits": ({ body }) => {
      const parents = (body.parents as string[]).flatMap((sha) => ["-p", sha]);
      const sha = origin.onGithub(["commit-tree", body.tree, ...parents, "-m", body.message]);
      return { status: 201, body: { sha } };
    },
  };
}
