import fc from "fast-check";
import { accessKinds, dataKinds } from "../../environments/settings/analytics";
import { answer } from "../../gitops/access/access-of-group";
import type { Request, Statement } from "../../gitops/access/simulate";
import { consoleRights } from "../../modules/console-rights";
import { groupRights } from "../../modules/group-rights";
import { type PolicyStatement, policyDocument } from "../../modules/policy";
import { grantedRequests } from "../support/iam/granted-requests";

type Settings = Parameters<typeof groupRights>[0];
type Group = Parameters<typeof groupRights>[1];

const [account, region] = ["111111111111", "eu-central-1"];
const words = [...accessKinds, ...dataKinds];
type Word = (typeof words)[number];
/** A group's policy, in the role or in the console. */
type Rights = (given: readonly Word[], name?: string, environment?: string) => readonly PolicyStatement[];

const role: Rights = (given, name = "image-analysts", environment = "test") => {
  const group: Group = {
    name,
    access: accessKinds.filter((word) => given.includes(word)),
    data: dataKinds.filter((word) => given.includes(word)),
    instanceTypes: ["ml.t3.medium", "ml.g5.xlarge"],
    maxRuntimeHours: 2,
    monthlyBudgetUsd: 10,
    sessionHours: 8,
  };
  const settings = { name: environment, account, region, analytics: { groups: [group] } } as unknown as Settings;
  const kmsKeyArn = `arn:aws:kms:${region}:${account}:key/${environment}`;
  const network = { subnetIds: [`subnet-${environment}`], securityGroupId: `sg-${environment}-${name}` };
  return groupRights(settings, group, { kmsKeyArn, network });
};
const console: Rights = (...given) => consoleRights({ statements: role(...given), account, region });

/** Statements as IAM reads them once Terraform has written them. */
const policies = (statements: readonly PolicyStatement[]): Statement[] =>
  JSON.parse(policyDocument(statements).replaceAll("$${", "$".concat("{"))).Statement;
/** What a request is, in one line. */
const told = ({ action, resource, keys = {} }: Request) => `${action} ${resource} ${keys["s3:prefix"] ?? ""}`.trim();

describe.each([
  ["Studio", role],
  ["the console", console],
])("rights of a group in %s", (_, rights) => {
  const all = grantedRequests(policies(rights(words)));
  const allowed = (given: readonly Word[]) => {
    const statements = policies(rights(given));
    return new Set(
      all.filter((request) => answer({ policies: statements, boundary: undefined }, request).allowed).map(told),
    );
  };
  const ofNone = allowed([]);
  const ofOne = new Map(words.map((word) => [word, allowed([word])]));

  it("are all there with all words, and few without any", () => {
    expect(allowed(words).size).toBe(new Set(all.map(told)).size);
    expect(
      [...ofNone].filter((request) => !/^sagemaker:(Describe(Domain|UserProfile)|List\w+) /.test(request)),
    ).toEqual([]);
  });

  it("come from one word each, so that none is left when the words that give it are taken away", () => {
    fc.assert(
      fc.property(fc.subarray(words), (given) => {
        const expected = new Set([...ofNone, ...given.flatMap((word) => [...(ofOne.get(word) ?? [])])]);
        const got = allowed(given);
        expect([...got].filter((request) => !expected.has(request))).toEqual([]);
        expect([...expected].filter((request) => !got.has(request))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("rights of two groups", () => {
  /** What both may ask for by the same name: what is AWS's, and the account's. */
  const shared = (one: readonly Request[], other: readonly Request[]) => {
    const named = new Set(one.map(({ resource }) => resource));
    return [...new Set(other.map(({ resource }) => resource).filter((resource) => named.has(resource)))].sort();
  };
  const ours = policies(role(words));
  const requests = grantedRequests(ours);
  const sagemaker = (rest: string) => `arn:aws:sagemaker:${region}:${account}:${rest}`;
  const commons = [
    "*",
    "arn:aws:ecr:eu-central-1:763104351884:repository/x",
    `arn:aws:glue:${region}:${account}:catalog`,
    `arn:aws:glue:${region}:${account}:database/default`,
    `arn:aws:logs:${region}:${account}:log-group:/aws/sagemaker/studio:x`,
    `arn:aws:logs:${region}:${account}:log-group:/aws/sagemaker/x`,
    "arn:aws:s3:::jumpstart-cache-prod-eu-central-1/x",
    // One's own, in one's own space, as the same person.
    ...["app/d-1/x/xupyterxab/x", "space/d-1/x", "user-profile/d-1/ada", "x"].map(sagemaker),
  ].sort();

  it("of the same name in two environments of an account share no name of their own", () => {
    const theirs = grantedRequests(policies(role(words, "image-analysts", "dev")));
    expect(shared(requests, theirs)).toEqual(commons);
    for (const request of theirs.filter(({ resource }) => !commons.includes(resource))) {
      expect([told(request), answer({ policies: ours, boundary: undefined }, request).allowed]).toEqual([
        told(request),
        false,
      ]);
    }
  });

  it.each(["image", "analysts", "image-analysts-2", "test-image-analysts"])(
    "of one environment, as image-analysts and %s, share what is the environment's, and nothing of a group's own",
    (name) => {
      const theirs = grantedRequests(policies(role(words, name)));
      const bucket = (part: string) => `arn:aws:s3:::darkroom-test-${account}-${region}-${part}`;
      const environments = [
        `arn:aws:glue:${region}:${account}:database/darkroom_test`,
        `arn:aws:glue:${region}:${account}:table/darkroom_test/features`,
        `arn:aws:kms:${region}:${account}:key/test`,
        ...["processed/images/x", "processed/features/x", "quarantine/refused/x", "uploads/originals/x"].map(bucket),
        ...["processed", "quarantine", "uploads", "analysts", "apps", "apps/notebooks/x"].map(bucket),
      ];
      expect(shared(requests, theirs)).toEqual([...commons, ...environments].sort());
      for (const request of theirs) {
        // Of the analysts' bucket all may list, each its own folder: by the prefix.
        const own = !commons.includes(request.resource) && !environments.includes(request.resource);
        const folder = String(request.keys?.["s3:prefix"] ?? "").includes(`/${name}/`);
        if (!own && !folder) continue;
        expect([told(request), answer({ policies: ours, boundary: undefined }, request).allowed]).toEqual([
          told(request),
          false,
        ]);
      }
    },
  );
});
