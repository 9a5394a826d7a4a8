import { createHash } from "node:crypto";
import { invalid, notFound, type Resource } from "../resource";

const shaOf = (value: unknown): string => createHash("sha1").update(JSON.stringify(value)).digest("hex");
const branchOf = (ref: string): string => ref.replace(/^(refs\/)?heads\//, "");

/** GitHub REST API, "Git database". */
export const git: Resource = {
  "GET /git/ref/:ref": (_call, { ref = "" }, { git: held }) => {
    const sha = held.branches.get(branchOf(ref));
    return sha === undefined ? notFound : { body: { ref: `refs/${ref}`, object: { type: "commit", sha } } };
  },
  "POST /git/refs": ({ body }, _parameters, { git: held }) => {
    const branch = branchOf(body.ref);
    if (held.branches.has(branch)) return { status: 422, body: { message: "Reference already exists" } };
    if (!held.commits.has(body.sha)) return { status: 422, body: { message: "Object does not exist" } };
    held.branches.set(branch, body.sha);
    return { status: 201, body: { ref: body.ref, object: { sha: body.sha } } };
  },
  "PATCH /git/refs/:ref": ({ body }, { ref = "" }, { git: held, pulls }) => {
    const branch = branchOf(ref);
    const commit = held.commits.get(body.sha);
    const before = held.branches.get(branch);
    if (before === undefined || !commit) return { status: 422, body: { message: "Reference does not exist" } };
    if (!body.force && !commit.parents.includes(before)) return invalid("Update is not a fast forward");
    held.branches.set(branch, body.sha);
    for (const pull of pulls) if (pull.state === "open" && pull.head.ref === branch) pull.head.sha = body.sha;
    return { body: { ref: `refs/${ref}`, object: { sha: body.sha } } };
  },
  "GET /git/commits/:sha": (_call, { sha = "" }, { git: held }) => {
    const commit = held.commits.get(sha);
    return commit ? { body: { sha, tree: { sha: commit.tree }, message: commit.message } } : notFound;
  },
  "POST /git/trees": ({ body }, _parameters, { git: held }) => {
    const files = new Map(held.trees.get(body.base_tree));
    for (const { path, content } of body.tree) files.set(path, content);
    const sha = shaOf([...files].sort());
    held.trees.set(sha, files);
    return { status: 201, body: { sha } };
  },
  "POST /git/commits": ({ body }, _parameters, { git: held }) => {
    if (!held.trees.has(body.tree)) return { status: 422, body: { message: "Tree SHA does not exist" } };
    const sha = shaOf(body);
    held.commits.set(sha, { tree: body.tree, parents: body.parents, message: body.message });
    return { status: 201, body: { sha } };
  },
};
