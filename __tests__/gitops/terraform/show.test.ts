import { parsePlan } from "../../../gitops/terraform/plan-json";
import { changesAnything, changesOf } from "../../../gitops/terraform/show";

type Change = Record<string, unknown>;

const resource = (address: string, change: Change, more: Change = {}) => {
  const [type] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name: "x",
    change: { before_sensitive: {}, after_sensitive: {}, ...change },
    ...more,
  };
};

const changes = (plan: Change) => changesOf(parsePlan(JSON.stringify({ format_version: "1.2", ...plan })));

describe("changesOf", () => {
  it("counts additions, changes, removals and replacements apart", () => {
    const found = changes({
      resource_changes: [
        resource("aws_sns_topic.a", { actions: ["create"] }),
        resource("aws_sns_topic.b", { actions: ["update"], before: { x: 1 }, after: { x: 2 } }),
        resource("aws_sns_topic.c", { actions: ["delete"] }),
        resource("aws_sns_topic.d", { actions: ["delete", "create"] }),
        resource("aws_sns_topic.e", { actions: ["create", "delete"] }),
        resource("aws_sns_topic.f", { actions: ["no-op"] }),
        resource("aws_sns_topic.g", { actions: ["read"] }),
      ],
    });

    expect(found.counts).toEqual({ add: 1, change: 1, destroy: 1, replace: 2 });
    expect(found.resources.map(({ action }) => action)).toEqual(["add", "change", "destroy", "replace", "replace"]);
  });

  it("leaves data sources out", () => {
    const read = { ...resource("data.aws_region.x", { actions: ["read"] }), mode: "data" };

    expect(changesAnything(changes({ resource_changes: [read] }))).toBe(false);
  });

  it("shows what differs, down to the deepest level", () => {
    const rule = (days: number) => ({
      rule: [{ id: "expire", expiration: [{ days }], status: "Enabled" }],
      bucket: "b",
    });
    const found = changes({
      resource_changes: [
        resource("aws_s3_bucket_lifecycle_configuration.x", { actions: ["update"], before: rule(30), after: rule(14) }),
      ],
    });

    expect(found.resources[0]?.attributes).toEqual([
      { path: "rule[0].expiration[0].days", before: "30", after: "14", forcesReplacement: false },
    ]);
  });

  it("masks what is sensitive before, after, or as part of a whole", () => {
    const found = changes({
      resource_changes: [
        resource("aws_db_instance.x", {
          actions: ["update"],
          before: { password: "old-secret", user: { name: "ada", key: "k1" }, list: ["s1"], note: null },
          after: { password: "new-secret", user: { name: "bob", key: "k2" }, list: ["s2"], note: { token: "t" } },
          before_sensitive: { password: true, user: { key: true }, list: [true] },
          after_sensitive: { password: true, user: {}, list: [], note: { token: true } },
        }),
      ],
      output_changes: {
        token: {
          actions: ["create"],
          before: null,
          after: "output-secret",
          before_sensitive: false,
          after_sensitive: true,
        },
      },
    });

    expect(found.resources[0]?.attributes.map(({ path, before, after }) => [path, before, after])).toEqual([
      ["password", "(sensitive)", "(sensitive)"],
      ["user.name", '"ada"', '"bob"'],
      ["user.key", "(sensitive)", "(sensitive)"],
      ["list", "(sensitive)", "(sensitive)"],
      ["note", "(none)", "(sensitive)"],
    ]);
    expect(found.outputs).toEqual([
      { path: "token", before: "(none)", after: "(sensitive)", forcesReplacement: false, action: "add" },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/secret"|k1|k2|"t"|s1|s2/);
  });

  it("does not show a sensitive value that stays the same", () => {
    const same = { password: "secret", size: 1 };
    const found = changes({
      resource_changes: [
        resource("aws_db_instance.x", {
          actions: ["update"],
          before: same,
          after: { ...same, size: 2 },
          before_sensitive: { password: true },
          after_sensitive: { password: true },
        }),
      ],
    });

    expect(found.resources[0]?.attributes.map(({ path }) => path)).toEqual(["size"]);
  });

  it("says what is only known after the apply, and what forces the replacement", () => {
    const found = changes({
      resource_changes: [
        resource(
          "aws_sns_topic.x",
          {
            actions: ["delete", "create"],
            before: { name: "a", arn: "arn:a" },
            after: { name: "b" },
            after_unknown: { arn: true },
            replace_paths: [["name"]],
          },
          { action_reason: "replace_because_cannot_update" },
        ),
      ],
    });

    expect(found.resources[0]).toMatchObject({ action: "replace", reason: "replace_because_cannot_update" });
    expect(found.resources[0]?.attributes).toEqual([
      { path: "name", before: '"a"', after: '"b"', forcesReplacement: true },
      { path: "arn", before: '"arn:a"', after: "(known after apply)", forcesReplacement: false },
    ]);
  });

  it("tells moves and imports, which change nothing in AWS", () => {
    const found = changes({
      resource_changes: [
        resource("aws_sns_topic.new", { actions: ["no-op"] }, { previous_address: "aws_sns_topic.old" }),
        resource("aws_sns_topic.x", { actions: ["no-op"], importing: { id: "x" } }),
      ],
    });

    expect(found.resources.map(({ action, previousAddress }) => [action, previousAddress])).toEqual([
      ["move", "aws_sns_topic.old"],
      ["import", undefined],
    ]);
    expect(found.counts).toEqual({ add: 0, change: 0, destroy: 0, replace: 0 });
  });

  it("reports what was changed outside and leads to a change, as Terraform's own text does", () => {
    const found = changes({
      resource_drift: [
        resource("aws_sns_topic.x", { actions: ["update"], before: { tags: null, n: 1 }, after: { tags: {}, n: 2 } }),
        resource("aws_sns_topic.y", { actions: ["update"], before: { n: 1 }, after: { n: 2 } }),
        resource('aws_sns_topic.z["a"]', { actions: ["delete"], before: { n: 1 }, after: null }),
      ],
      relevant_attributes: [
        { resource: "aws_sns_topic.x", attribute: ["n"] },
        { resource: "aws_sns_topic.z", attribute: ["arn"] },
      ],
    });

    const seen = found.drift.map(({ address, action, attributes }) => [
      address,
      action,
      attributes.map(({ path }) => path),
    ]);
    expect(seen).toEqual([
      ["aws_sns_topic.x", "change", ["n"]],
      ['aws_sns_topic.z["a"]', "destroy", []],
    ]);
  });
});

describe("parsePlan", () => {
  it("refuses another format", () => {
    expect(() => parsePlan('{"format_version":"2.0"}')).toThrow(
      "Expected a plan in Terraform's JSON format 1.x, but ✖ expected format 1.x\n  → at format_version.",
    );
  });
});

it("hides what is a secret by its name or form, although nothing marks it", () => {
  const key = ["AKIA", "ABCDEFGHIJKLMNOP"].join("");
  const found = changes({
    resource_changes: [
      resource("x.y", { actions: ["update"], before: { password: "a", z: "b" }, after: { password: "c", z: key } }),
    ],
    output_changes: { url: { actions: ["update"], before: "", after: `https://u:hunter2@example.com` } },
  });
  expect(found.resources[0]?.attributes).toEqual([
    { path: "password", before: "(secret)", after: "(secret)", forcesReplacement: false },
    { path: "z", before: '"b"', after: '"(secret)"', forcesReplacement: false },
  ]);
  expect(found.outputs[0]?.after).toBe('"https://u:(secret)@example.com"');
});

it("looks into JSON documents that travel as text", () => {
  const policy = (action: string) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Read", Action: [action] }] });
  const found = changes({
    resource_changes: [
      resource("x.y", {
        actions: ["update"],
        before: { policy: policy("s3:GetObject") },
        after: { policy: policy("s3:*") },
      }),
      resource("x.z", { actions: ["update"], before: { a: "[1]", b: "{" }, after: { a: "[ 1 ]", b: "{ " } }),
    ],
  });
  expect(found.resources.map(({ attributes }) => attributes)).toEqual([
    [{ path: "policy.Statement[0].Action", before: '["s3:GetObject"]', after: '["s3:*"]', forcesReplacement: false }],
    [{ path: "b", before: '"{"', after: '"{ "', forcesReplacement: false }],
  ]);
});
