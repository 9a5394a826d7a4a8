import { gatesOf } from "../../../gitops/gates/gates";
import { parsePlan } from "../../../gitops/terraform/plan-json";

const held = (type: string, before: object | null, after: object | null, actions = ["update"]) =>
  gatesOf(
    parsePlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [{ address: `${type}.x`, mode: "managed", type, change: { actions, before, after } }],
      }),
    ),
  ).map(({ kind, words }) => `${kind}: ${words}`);

describe("a log group", () => {
  const logs = (before: number | undefined, after: number | undefined) =>
    held("aws_cloudwatch_log_group", { retention_in_days: before }, { retention_in_days: after });

  it("that keeps lines for fewer days is held, also when it kept them for good", () => {
    expect(logs(365, 30)).toEqual(["retention-shortened: It deletes log lines after 30 days instead of 365."]);
    expect(logs(0, 30)).toEqual(["retention-shortened: It deletes log lines after 30 days, which stayed so far."]);
  });

  it("that keeps them as long or longer is not held, nor is a new one", () => {
    expect([logs(30, 365), logs(30, 0), logs(30, 30)]).toEqual([[], [], []]);
    expect(held("aws_cloudwatch_log_group", null, { retention_in_days: 1 }, ["create"])).toEqual([]);
  });
});

describe("the lifecycle of a bucket", () => {
  const expiring = (days: number, prefix = "", more: object = {}) => ({
    ...{ id: "images", status: "Enabled", prefix: "" },
    filter: [{ and: [], object_size_greater_than: null, prefix, tag: [] }],
    expiration: [{ date: null, days, expired_object_delete_marker: false }],
    noncurrent_version_expiration: [],
    ...more,
  });
  const versions = (noncurrent_days: number) =>
    expiring(0, "", { expiration: [], noncurrent_version_expiration: [{ noncurrent_days }] });
  const lifecycle = (before: readonly object[], after: readonly object[]) =>
    held("aws_s3_bucket_lifecycle_configuration", { rule: before }, { rule: after });

  it.each([
    [[expiring(30)], [expiring(14)], "objects after 14 days instead of 30"],
    [[expiring(30, "a/")], [expiring(30, "b/")], "objects below b/ after 30 days, which stayed so far"],
    [[expiring(1000, "a/")], [expiring(1, "a/")], "objects below a/ after 1 day instead of 1,000"],
    [[], [expiring(30)], "objects after 30 days, which stayed so far"],
    [[expiring(30, "", { status: "Disabled" })], [expiring(30)], "objects after 30 days, which stayed so far"],
    [[expiring(30)], [expiring(7), expiring(60)], "objects after 7 days instead of 30"],
    [[versions(90)], [versions(7)], "old versions after 7 days instead of 90"],
  ])("that deletes earlier or more is held", (before, after, words) => {
    expect(lifecycle(before, after)).toEqual([`retention-shortened: It deletes ${words}.`]);
  });

  it("whose rule chooses by more than a prefix tells what", () => {
    const tagged = (days: number) => expiring(days, "", { filter: [{ prefix: "", tag: [{ key: "a", value: "b" }] }] });
    expect(lifecycle([tagged(9)], [tagged(8)])).toEqual([
      'retention-shortened: It deletes objects chosen by {"tag":[{"key":"a","value":"b"}]} after 8 days instead of 9.',
    ]);
  });

  it("that deletes later, less or nothing more, or calls a rule otherwise, is not held", () => {
    expect(lifecycle([expiring(14)], [expiring(30)])).toEqual([]);
    expect(lifecycle([expiring(14)], [])).toEqual([]);
    expect(lifecycle([expiring(14)], [expiring(14, "", { id: "pictures" })])).toEqual([]);
    expect(
      lifecycle(
        [expiring(14)],
        [expiring(14), expiring(0, "", { expiration: [{ days: 0, expired_object_delete_marker: true }] })],
      ),
    ).toEqual([]);
  });
});
