import { heldAgain } from "../../../gitops/after-merge/held-again";
import { approvalLabel, approvalOf } from "../../../gitops/gates/approval";
import { githubClient } from "../../../gitops/github/client";
import type { Gate } from "../../../gitops/review/gate";
import type { ReviewManifest } from "../../../gitops/review/manifest";
import { localGithub } from "../../support/github/github";
import { stack as planned, resource, result as reviewResult } from "../comment/results";
import { before, head, manifest, resetGithub } from "./merges";

const github = localGithub();
const gate: Gate = { kind: "stateful-destroyed", subject: "aws_s3_bucket.images", words: "It is destroyed." };
const setting = {
  environment: "prod",
  setting: "retention.processedDays",
  words: "prod keeps images 1 day instead of 30.",
  gate: "retention-shortened",
} as const;
const pull = { number: 12, head, openedBy: "author", mergedAt: "2026-11-24T11:00:00Z" };
const destroying = manifest("prod-data", { gates: [gate] });
const dev = reviewResult("dev", { stacks: [planned("dev-data", [resource("change", "x.y")])] });
const prod = (settings = [setting], gates = [gate]) =>
  reviewResult("prod", {
    settings,
    stacks: [
      planned("prod-data", [resource("destroy", "x.y")], { plan: { changesSha256: destroying.changesSha256, gates } }),
    ],
  });
const approval = approvalOf([dev, prod()]) ?? "";
const label = approvalLabel(approval);
const missing = `the merge has what the gate holds, and no code owner let exactly this pass. Held: wants the label ${label} of a code owner`;

/** What the check says, whoever has set it. */
const say = (externalId: string): void => {
  for (const check of github.repository.checks) check.external_id = externalId;
};
const give = (login: string, more: { name?: string; event?: string; created_at?: string } = {}): void => {
  const { name = label, event = "labeled", created_at = "2026-11-24T10:59:00Z" } = more;
  github.repository.events.push({ issue: 12, event, actor: { login }, label: { name }, created_at });
};
const held = (manifests: readonly ReviewManifest[] = [destroying], settings: readonly (typeof setting)[] = [setting]) =>
  heldAgain(githubClient(github.context(), { wait: async () => {} }), pull, {
    ...{ environment: "prod", manifests, settings, base: before },
  });

beforeEach(() => {
  resetGithub(github);
  github.repository.events.length = 0;
  github.repository.files.set(".github/CODEOWNERS", "* @owner\n");
  say(approval);
});

it("asks for nothing where nothing is held", async () => {
  github.calls.length = 0;
  expect(await held([manifest("prod-data")], [])).toBeUndefined();
  expect(github.calls).toEqual([]);
});

it("lets pass what a code owner has labelled", async () => {
  give("owner");
  expect(await held()).toBeUndefined();
});

it("holds what nobody has labelled, although the check gate was passed", async () => {
  expect(await held()).toBe(missing);
});

it("takes the check's word for nothing: one that says that nothing was held, or speaks of other changes, opens nothing", async () => {
  give("owner");
  say("");
  expect(await held()).toContain("no code owner let exactly this pass");
  const otherwise = planned("dev-data", [], { plan: { changesSha256: "8".repeat(64) } });
  say(approvalOf([{ ...dev, stacks: [otherwise] }, prod()]) ?? "");
  expect(await held()).toContain("no code owner let exactly this pass");
});

it("knows no label for other changes, be they in a plan or in the settings", async () => {
  give("owner");
  expect(await held([{ ...destroying, changesSha256: "7".repeat(64) }])).toContain("Held: wants the label");
  expect(
    await held([destroying], [{ ...setting, words: "prod keeps images 1 day instead of 400." } as never]),
  ).toContain("Held: wants the label");
  expect(await held([destroying], [])).toContain("Held: wants the label");
});

it.each([
  ["author", `Held: author is the author, another code owner has to give ${label}`],
  ["stranger", `Held: stranger is no code owner, one has to give ${label}`],
])("does not take the label of %s", async (login, words) => {
  give(login);
  expect(await held()).toBe(`the merge has what the gate holds, and no code owner let exactly this pass. ${words}`);
});

it("looks at labels as they were at the merge: those that came later open nothing, and those taken away later close nothing", async () => {
  give("owner", { created_at: "2026-11-24T11:00:01Z" });
  expect(await held()).toBe(missing);
  github.repository.events.length = 0;
  give("owner");
  give("owner", { event: "unlabeled", created_at: "2026-11-24T12:00:00Z" });
  expect(await held()).toBeUndefined();
});

it("asks the code owners of the commit before the merge", async () => {
  give("owner");
  const refs: unknown[] = [];
  github.extra.push({
    "GET /contents/(?<path>.+)": ({ query }) => {
      refs.push(query.get("ref"));
      return {
        body: Buffer.from("* @owner"),
        headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" },
      };
    },
  });
  expect(await held()).toBeUndefined();
  expect(refs).toEqual([before]);
  github.extra.length = 0;
});
