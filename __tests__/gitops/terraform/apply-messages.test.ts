import { ApplyMessages } from "../../../gitops/terraform/apply-messages";

const line = (type: string, message: string, more: object = {}) =>
  JSON.stringify({ "@message": message, type, ...more });

describe("ApplyMessages", () => {
  it("counts what was done, and shows it without ids", () => {
    const messages = new ApplyMessages();
    const shown = [
      line("version", "Terraform 1.11.4"),
      line("apply_start", "aws_sns_topic.x: Creating..."),
      line("apply_complete", "aws_sns_topic.x: Creation complete after 1s [id=arn:aws:sns:x]"),
      line("change_summary", "Apply complete!", {
        changes: { add: 1, change: 0, import: 0, remove: 2, operation: "apply" },
      }),
    ].map((text) => messages.take(text));

    expect(shown).toEqual([
      undefined,
      "aws_sns_topic.x: Creating...",
      "aws_sns_topic.x: Creation complete after 1s",
      undefined,
    ]);
    expect(messages).toMatchObject({ started: true, completed: 1, counts: { add: 1, change: 0, destroy: 2 } });
  });

  it("does not take the summary of a plan for that of an apply", () => {
    const messages = new ApplyMessages();

    messages.take(line("change_summary", "Plan", { changes: { add: 1, change: 0, remove: 0, operation: "plan" } }));

    expect(messages.counts).toBeUndefined();
  });

  it("keeps errors with their address and detail, and no warnings", () => {
    const messages = new ApplyMessages();
    const diagnostic = (severity: string, summary: string, more: object = {}) =>
      messages.take(line("diagnostic", summary, { diagnostic: { severity, summary, ...more } }));

    diagnostic("warning", "Deprecated");
    diagnostic("error", "creating topic", { detail: "denied", address: "aws_sns_topic.x" });

    expect(messages.errors).toEqual(["Error: creating topic (aws_sns_topic.x)\ndenied"]);
    expect(messages.summaries).toEqual(["creating topic"]);
  });

  it("passes over what is not a message", () => {
    expect(["", "plain text", "{broken", "{}"].map((text) => new ApplyMessages().take(text))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
