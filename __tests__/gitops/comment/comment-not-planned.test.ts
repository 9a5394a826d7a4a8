import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../../../environments/faults/fault";
import { commentNotPlanned, notPlannedText, readFaults } from "../../../gitops/comment/comment-not-planned";
import { githubClient } from "../../../gitops/github/client";
import { testFolder, write } from "../../support/folders";
import { localGithub } from "../../support/github/github";

const folder = testFolder();
const github = localGithub();
const head = "1".repeat(40);
const client = () => githubClient(github.context({ run: { id: 77, attempt: 1 } }), { wait: async () => {} });
const bodies = () => github.repository.comments.map(({ body }) => body);

const tooLong: Fault = {
  file: "environments/prod.yaml",
  line: 12,
  column: 18,
  path: "retention.processedDays",
  expected: "a whole number of days from 1 to 3650",
  came: 'got "```30 days" (text)',
  toDo: "Write the number alone: 30.",
};

beforeEach(() => {
  github.repository.comments.length = 0;
  github.repository.checks.length = 0;
  github.repository.pulls = [
    {
      number: 12,
      state: "open",
      head: { sha: head, ref: "b", repo: { full_name: "image-platform/darkroom" } },
      base: { sha: "2".repeat(40), ref: "main" },
      user: { login: "author", type: "User" },
      node_id: "PR_1",
      auto_merge: null,
    },
  ];
});

it("tells the faults of settings in place of an older plan, and passes no check", async () => {
  github.repository.comments.push({
    ...{ id: 5, issue: 12, user: { login: "github-actions[bot]", type: "Bot" } },
    body: "<!-- darkroom:plan -->\n## Merging applies 1 change in prod.\n",
  });

  expect(await commentNotPlanned(client(), 12, head, [tooLong])).toMatchObject({ outcome: "edited" });

  expect(bodies()).toEqual([
    `<!-- darkroom:plan -->
<!-- darkroom:status -->

<!-- /darkroom:status -->

## Nothing could be planned: 1 fault in the settings.

\`\`\`\`
environments/prod.yaml:12:18 retention.processedDays: expected a whole number of days from 1 to 3650, but got "\`\`\`30 days" (text). Write the number alone: 30.
\`\`\`\`

Looked at 111111111111. The next push is planned anew.
`,
  ]);
  expect(github.repository.checks).toEqual([]);
});

it("sends to the run's log where it is not the settings that fail", async () => {
  expect(await commentNotPlanned(client(), 12, head, [])).toMatchObject({ outcome: "made" });
  expect(bodies()[0]).toContain(
    "## Nothing could be planned: the stacks can't be synthesized.\n\n[The log of its run](https://github.test/image-platform/darkroom/actions/runs/77) says why.\n",
  );
});

it("leaves the comment alone once the pull request has moved on", async () => {
  expect(await commentNotPlanned(client(), 12, "3".repeat(40), [tooLong])).toEqual({ outcome: "superseded", text: "" });
  expect(bodies()).toEqual([]);
});

it("shows thirty faults, of any length, and no secret in them", () => {
  const secret = ["ghp", "a".repeat(36)].join("_");
  const long = { ...tooLong, came: `got "${secret}${"x\n".repeat(40_000)}"` };

  const text = notPlannedText(Array(31).fill(long), head, undefined);

  expect(text.length).toBeLessThan(60_000);
  expect(text).not.toContain(secret);
  expect(text.match(/^environments\/prod\.yaml:12:18 /gm)).toHaveLength(30);
  expect(text).toContain("## Nothing could be planned: 31 faults in the settings.");
  expect(text).toContain("\nThe log of its run names 1 fault more.\n");
});

describe("readFaults", () => {
  it("reads what `environments --faults` writes, and takes a missing file for none", () => {
    const file = write(join(folder, "faults.json"));
    writeFileSync(file, JSON.stringify({ faults: [tooLong] }));
    expect(readFaults(file)).toEqual([tooLong]);
    expect(readFaults(join(folder, "none.json"))).toEqual([]);
  });

  it("takes nothing else", () => {
    const file = write(join(folder, "other.json"));
    writeFileSync(file, '{"faults": [{"file": 1}]}');
    expect(() => readFaults(file)).toThrow(
      `${file}: expected faults of settings as \`environments --faults\` writes them, but got something else.`,
    );
  });
});
