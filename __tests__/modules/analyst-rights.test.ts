import fc from "fast-check";
import { accessKinds, dataKinds } from "../../environments/settings/analytics";
import { analystRights } from "../../modules/analyst-rights";

type Group = Parameters<typeof analystRights>[0]["group"];

const group: Group = {
  name: "image-analysts",
  access: [],
  data: [],
  instanceTypes: ["ml.t3.medium"],
  maxRuntimeHours: 2,
  monthlyBudgetUsd: 10,
  sessionHours: 8,
};
const rights = (changes: Partial<Group> = {}) =>
  analystRights({
    group: { ...group, ...changes },
    account: "111111111111",
    region: "eu-central-1",
    buckets: { processed: "processed", uploads: "uploads", quarantine: "quarantine" },
    kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/1",
  });
const sids = (changes: Partial<Group>) =>
  rights(changes)
    .filter(({ effect }) => effect !== "Deny")
    .map(({ sid }) => sid);

describe("analystRights", () => {
  it("lets a group with nothing open Studio, and nothing else", () => {
    expect(sids({})).toEqual(["OpenStudio", "ListStudio"]);
  });

  it.each([
    ["nothing", [], ["ListDomains", "ListUserProfiles"]],
    ["notebooks", ["notebooks"], ["ListDomains", "ListUserProfiles", "ListApps", "ListSpaces"]],
  ] as const)(
    "lists for a group with %s what Studio shows, on every resource since AWS limits no list",
    (_, access, lists) => {
      const statements = rights({ access: [...access] });
      expect(statements.find(({ sid }) => sid === "ListStudio")).toEqual({
        sid: "ListStudio",
        actions: lists.map((list) => `sagemaker:${list}`),
        resources: ["*"],
      });
      const elsewhere = statements
        .filter(({ resources }) => !resources?.includes("*"))
        .flatMap(({ actions }) => actions);
      expect(elsewhere.filter((action) => /^sagemaker:List(?!Tags$)/.test(action))).toEqual([]);
    },
  );

  it.each([
    ["notebooks", "RunNotebooks"],
    ["training", "StartTraining"],
    ["prebuilt-models", "StartPrebuiltModels"],
    ["batch-inference", "StartBatchInference"],
  ] as const)("gives %s by one statement", (kind, sid) => {
    expect(sids({ access: [kind] })).toEqual(["OpenStudio", "ListStudio", sid]);
  });

  it.each([
    ["processed-images", "ProcessedImages", "processed/images/*"],
    ["features", "Features", "processed/features/*"],
    ["quarantine", "Quarantine", "quarantine/refused/*"],
    ["originals", "Originals", "uploads/originals/*"],
  ] as const)("lets %s be read and listed, in their place only", (kind, name, place) => {
    expect(sids({ data: [kind] })).toEqual(["OpenStudio", "ListStudio", `Read${name}`, `List${name}`, "UseKey"]);
    const read = rights({ data: [kind] }).find(({ sid }) => sid === `Read${name}`);
    expect(read).toEqual({ sid: `Read${name}`, actions: ["s3:GetObject"], resources: [`arn:aws:s3:::${place}`] });
  });

  it("refuses instance types that are not named, whatever else grants them", () => {
    expect(rights({ instanceTypes: ["ml.g5.xlarge"] }).find(({ sid }) => sid === "OnlyTheseInstanceTypes")).toEqual({
      sid: "OnlyTheseInstanceTypes",
      effect: "Deny",
      actions: ["sagemaker:Create*", "sagemaker:Update*"],
      resources: ["*"],
      conditions: { "ForAnyValue:StringNotLike": { "sagemaker:InstanceTypes": ["system", "ml.g5.xlarge"] } },
    });
  });

  it("refuses jobs longer than the given hours, in seconds", () => {
    expect(rights({ maxRuntimeHours: 3 }).find(({ sid }) => sid === "OnlyThisLong")?.conditions).toEqual({
      NumericGreaterThan: { "sagemaker:MaxRuntimeInSeconds": "10800" },
    });
  });

  it("leaves no right behind when a privilege is taken away", () => {
    const some = <Kind>(kinds: readonly Kind[]) => fc.uniqueArray(fc.constantFrom(...kinds));
    const grants = (access: Group["access"], data: Group["data"]) =>
      new Set(rights({ access, data }).flatMap(({ sid, effect }) => (effect === "Deny" ? [] : [sid])));
    fc.assert(
      fc.property(some(accessKinds), some(dataKinds), (access, data) => {
        const full = grants(access, data);
        for (const taken of access) {
          const less = grants(
            access.filter((kind) => kind !== taken),
            data,
          );
          expect(full.size - less.size).toBe(1);
        }
        for (const taken of data) {
          const less = grants(
            access,
            data.filter((kind) => kind !== taken),
          );
          expect([...full].filter((sid) => !less.has(sid))).toEqual(
            expect.arrayContaining([expect.stringMatching(/^Read/), expect.stringMatching(/^List/)]),
          );
        }
      }),
    );
  });
});
