import { dataKinds } from "../../environments/settings/analytics";
import { simulate } from "../../gitops/access/simulate";
import { groupRights } from "../../modules/group-rights";
import { policyDocument } from "../../modules/policy";
import { environmentWith } from "../support/synth";

type DataKind = (typeof dataKinds)[number];

const environment = environmentWith("prod");
const made = { kmsKeyArn: "arn:aws:kms:r:1:key/1", network: { subnetIds: ["subnet-1"], securityGroupId: "sg-1" } };
const bucket = (part: string) => `arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-${part}`;
/** Where each kind lies, and keys beside it in the same bucket that are none of it. */
const places: Readonly<Record<DataKind, readonly [bucket: string, prefix: string, beside: readonly string[]]>> = {
  "processed-images": [bucket("processed"), "images/", ["features/x", "images", "imagesx/x", "x"]],
  features: [bucket("processed"), "features/", ["images/x", "features", "x/features/x"]],
  quarantine: [bucket("quarantine"), "refused/", ["aws/lambda/x", "refused", "x"]],
  originals: [bucket("uploads"), "originals/", ["pending/x", "claims/x", "exchange/x", "originals", "x"]],
};

/** What a group with one kind of data and nothing else is answered. */
function asking(kind: DataKind) {
  const [group] = environment.analytics.groups;
  if (!group) throw new Error("prod has no group");
  const rights = groupRights(environment, { ...group, access: [], data: [kind] }, made);
  const statements = JSON.parse(policyDocument(rights).replaceAll("$${", "$".concat("{"))).Statement;
  const may = (action: string, resource: string, keys = {}) =>
    simulate(statements, undefined, { action, resource, keys }).allowed;
  return {
    read: (place: string, key: string, action = "s3:GetObject") => may(action, `${place}/${key}`),
    list: (place: string, prefix?: string) =>
      may("s3:ListBucket", place, prefix === undefined ? {} : { "s3:prefix": prefix }),
  };
}

describe.each(dataKinds)("a group with %s alone", (kind) => {
  const { read, list } = asking(kind);
  const [own, prefix, beside] = places[kind];

  it("reads and lists under its prefix, as deep as it goes", () => {
    expect([read(own, `${prefix}a`), read(own, `${prefix}dt=2026-01-31/a`)]).toEqual([true, true]);
    expect([list(own, prefix), list(own, `${prefix}dt=2026-01-31/`)]).toEqual([true, true]);
  });

  it("reads and lists nothing beside it in the same bucket, nor the bucket as a whole", () => {
    expect(beside.filter((key) => read(own, key))).toEqual([]);
    expect(["", "x", prefix.slice(0, -1), ...beside].filter((other) => list(own, other))).toEqual([]);
    expect(list(own)).toBe(false);
  });

  it("reads and lists no other kind", () => {
    for (const [place, others] of dataKinds.filter((other) => other !== kind).map((other) => places[other])) {
      expect([place, others, read(place, `${others}a`), list(place, others)]).toEqual([place, others, false, false]);
    }
  });

  it("writes, removes and sees old versions of nothing", () => {
    const others = ["PutObject", "DeleteObject", "GetObjectVersion", "PutObjectTagging"];
    expect(others.filter((action) => read(own, `${prefix}a`, `s3:${action}`))).toEqual([]);
  });
});
