import { renderReview } from "../../../gitops/comment/render-review";
import { verdictOf } from "../../../gitops/comment/verdict";
import type { ReviewResult } from "../../../gitops/review/result";
import { attribute, resource, result, stack } from "./results";

const render = (results: ReviewResult[], options: Parameters<typeof renderReview>[2] = {}) =>
  renderReview(results, verdictOf(results), options);
const retention = {
  environment: "prod",
  setting: "retention.processedDays",
  words: "prod keeps processed images 14 days instead of 30.",
  gate: "retention-shortened",
} as const;
const lifecycle = resource("change", "aws_s3_bucket_lifecycle_configuration.processed", [
  attribute("rule[0].expiration[0].days", "30", "14"),
]);

it("says in words what becomes of a removed stack, above all else", () => {
  const gate = {
    kind: "stack-removed",
    subject: "prod-identity",
    words: "It is removed: 2 resources are destroyed.",
  } as const;
  const removed = stack("prod-identity", [resource("destroy", "aws_x.one"), resource("destroy", "aws_x.two")], {
    because: "removed",
    plan: { gates: [gate] },
  });
  const { text } = render([result("prod", { stacks: [stack("prod-data", [lifecycle]), removed] })]);
  expect(text).toContain(
    [
      "## Held until a code owner lets it pass: 1 change can lose data or widen rights. Merging applies 3 changes in prod. prod-identity is removed: 2 resources are destroyed.",
      "",
      "> [!WARNING]",
      "> A code owner lets these pass with the label that the check `gate` names.",
      "> - `prod-identity`: It is removed: 2 resources are destroyed.",
      "",
      "| environment | stack | add | change | replace | destroy | |",
      "|---|---|--:|--:|--:|--:|---|",
      "| prod | prod-data |  | 1 |  |  |  |",
      "| prod | prod-identity |  |  |  | 2 | **the stack is removed** |",
      "",
      "### Destroyed or replaced",
      "",
      "**prod-identity**",
      "",
      "```diff",
      "- aws_x.one is destroyed",
      "- aws_x.two is destroyed",
      "```",
    ].join("\n"),
  );
});

it("tells the administrator everything in one comment", () => {
  const { text, leftOut } = render([
    result("dev", { unchanged: ["dev-data", "dev-compute"] }),
    result("prod", {
      settings: [retention, { environment: "prod", setting: "x", words: "prod: x is 1 instead of 2." }],
      stacks: [
        stack("prod-data", [lifecycle]),
        stack("prod-compute", [resource("destroy", "aws_lambda_function.old"), resource("add", "aws_sqs_queue.new")]),
      ],
      unchanged: ["prod-network"],
    }),
  ]);
  expect(leftOut).toBe(0);
  expect(text).toBe(
    [
      "## Held until a code owner lets it pass: 1 change can lose data or widen rights. Merging applies 3 changes in prod.",
      "",
      "### What the settings say now",
      "",
      "- prod: x is 1 instead of 2.",
      "",
      "> [!WARNING]",
      "> A code owner lets these pass with the label that the check `gate` names.",
      "> - `prod: retention.processedDays`: prod keeps processed images 14 days instead of 30.",
      "",
      "| environment | stack | add | change | replace | destroy | |",
      "|---|---|--:|--:|--:|--:|---|",
      "| prod | prod-data |  | 1 |  |  |  |",
      "| prod | prod-compute | 1 |  |  | 1 |  |",
      "",
      "No changes: dev-compute, dev-data, prod-network.",
      "",
      "### Destroyed or replaced",
      "",
      "**prod-compute**",
      "",
      "```diff",
      "- aws_lambda_function.old is destroyed",
      "```",
      "",
      "### Everything else",
      "",
      "<details><summary>prod-data</summary>",
      "",
      "```diff",
      "! aws_s3_bucket_lifecycle_configuration.processed changes",
      "    rule[0].expiration[0].days: 30 → 14",
      "```",
      "",
      "</details>",
      "",
      "<details><summary>prod-compute</summary>",
      "",
      "```diff",
      "+ aws_sqs_queue.new is added",
      "```",
      "",
      "</details>",
      "",
      "",
      "Planned for 111111111111 merged into 222222222222, run 77.",
      "",
    ].join("\n"),
  );
});

it("says of nothing that it is nothing", () => {
  const { text } = render([result("dev", { stacks: [stack("dev-data", [])] })]);
  expect(text.split("\n").slice(0, 3)).toEqual([
    "## Nothing in AWS changes with this pull request.",
    "",
    "No changes: dev-data.",
  ]);
});

it("shows what could not be planned, with its error, and what waits", () => {
  const { text } = render([
    result("dev", {
      stacks: [
        stack("dev-data", [], { plan: { outcome: "failed", error: "AccessDenied\n```\nx" } }),
        stack("dev-compute", [], { plan: { outcome: "waits", waitsFor: ["dev-data", "dev-network"] } }),
      ],
    }),
    result("prod", { error: "Terraform is not installed." }),
  ]);
  expect(text).toMatch(/^## Not ready: prod and dev-data could not be planned\.\n/);
  expect(text).toContain("| dev | dev-data |  |  |  |  | **could not be planned** |");
  expect(text).toContain("| dev | dev-compute |  |  |  |  | waits for dev-data and dev-network |");
  expect(text).toContain("**dev-data**\n\n````\nAccessDenied\n```\nx\n````\n");
  expect(text).toContain("**prod**\n\n```\nTerraform is not installed.\n```\n");
});

it("lets neither names nor values break out of where they stand", () => {
  const nasty = "``` @someone </details> | #1 ```` <script>";
  const { text } = render([
    result("prod", {
      settings: [{ environment: "prod", setting: "owner", words: `owner is ${nasty}` }],
      stacks: [stack("prod-data", [resource("change", "x.y", [attribute("a", nasty, "`````")])])],
    }),
  ]);
  expect(text).toContain("- owner is \\`\\`\\` &#64;someone &lt;/details&gt; \\| &#35;1 \\`\\`\\`\\` &lt;script&gt;");
  expect(text).toContain(`\n\`\`\`\`\`\`diff\n! x.y changes\n    a: ${nasty} → \`\`\`\`\`\n\`\`\`\`\`\`\n`);
});

it("cuts ten thousand changes between resources, destructive ones first, every fence and fold closed", () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    resource(index % 10 === 0 ? "destroy" : "change", `aws_sqs_queue.q${index}`, [attribute("delay", "1", "2")]),
  );
  const results = [result("prod", { stacks: [stack("prod-data", many), stack("prod-compute", [lifecycle])] })];
  const { text, leftOut } = render(results, { summaryUrl: "https://example.com/run" });
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text.length).toBeGreaterThan(50_000);
  const shown = text.match(/^[-!+] aws_/gm) ?? [];
  expect(shown.length + leftOut).toBe(10_001);
  expect(text).toContain(
    `${leftOut.toLocaleString("en-US")} changes did not fit here. [The job's summary](https://example.com/run) has them.`,
  );
  expect(text).toContain("! aws_s3_bucket_lifecycle_configuration.processed changes");
  expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
  expect((text.match(/<details>/g) ?? []).length).toBe((text.match(/<\/details>/g) ?? []).length);
  expect(text.indexOf("is destroyed")).toBeLessThan(text.indexOf("aws_sqs_queue.q1 changes"));
  expect(render(results, { maxCharacters: 2_000_000 }).leftOut).toBe(0);
});

it("stays in its limit when there are more settings and errors than fit", () => {
  const settings = Array.from({ length: 2000 }, (_, index) => ({
    environment: "prod",
    setting: "x",
    words: `prod: setting ${index} is one instead of another.`,
  }));
  const { text } = render([result("prod", { settings, stacks: [stack("prod-data", [lifecycle])] })]);
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text).toMatch(/instead of another\.\n\n1 change did not fit here\. The job's summary has them\.\n/);
});
