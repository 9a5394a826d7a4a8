import fc from "fast-check";
import { accessKinds, dataKinds } from "../../environments/settings/analytics";
import { answer } from "../../gitops/access/access-of-group";
import { privilegesOf } from "../../gitops/access/privileges";
import { type Request, type Statement, simulate } from "../../gitops/access/simulate";
import { groupRights } from "../../modules/group-rights";
import { policyDocument } from "../../modules/policy";

type Group = Parameters<typeof groupRights>[1];

const group: Group = {
  name: "image-analysts",
  access: [],
  data: [],
  instanceTypes: ["ml.t3.medium"],
  maxRuntimeHours: 2,
  monthlyBudgetUsd: 10,
  sessionHours: 8,
};
const key = "arn:aws:kms:eu-central-1:111111111111:key/1";
const made = { kmsKeyArn: key, network: { subnetIds: ["subnet-1", "subnet-2"], securityGroupId: "sg-1" } };
const environment = (prebuiltModels?: string[]) => ({
  name: "test",
  account: "111111111111",
  region: "eu-central-1",
  analytics: { prebuiltModels, groups: [] } as unknown as Parameters<typeof groupRights>[0]["analytics"],
});
const rights = (changes: Partial<Group> = {}, models?: string[]) =>
  groupRights(environment(models), { ...group, ...changes }, made);
/** Statements as IAM reads them once Terraform has written them. */
const policies = (changes: Partial<Group> = {}, models?: string[]): Statement[] =>
  JSON.parse(policyDocument(rights(changes, models)).replaceAll("$${", "$".concat("{"))).Statement;
const sids = (changes: Partial<Group>) =>
  rights(changes)
    .filter(({ effect }) => effect !== "Deny")
    .map(({ sid }) => sid);
const may = (changes: Partial<Group>, request: Request, models?: string[]) =>
  simulate(policies(changes, models), undefined, request);
/** The same, made as the starter notebooks make it. */
const mayProperly = (changes: Partial<Group>, request: Request) =>
  answer({ policies: policies(changes), boundary: undefined }, request).allowed;

const all = { access: [...accessKinds], data: [...dataKinds] };
const arn = (resource: string) => `arn:aws:sagemaker:eu-central-1:111111111111:${resource}`;
const object = (part: string, path: string) => `arn:aws:s3:::darkroom-test-111111111111-eu-central-1-${part}/${path}`;
const jobs = ["notebooks", "training", "prebuilt-models", "batch-inference"] as const;

describe("a group's policy", () => {
  it("lets a group with nothing open Studio, and nothing else", () => {
    expect(sids({})).toEqual(["OpenStudio", "ListStudio"]);
  });

  it.each([
    ["notebooks", "RunNotebooks"],
    ["training", "StartTraining"],
    ["prebuilt-models", "StartPrebuiltModels"],
    ["batch-inference", "StartBatchInference"],
  ] as const)("has %s by one statement, which goes with the word", (kind, sid) => {
    expect(sids({ ...all, access: [kind] })).toContain(sid);
    expect(sids({ ...all, access: accessKinds.filter((other) => other !== kind) })).not.toContain(sid);
  });

  it.each([
    ["processed-images", "ProcessedImages", object("processed", "images/*")],
    ["features", "Features", object("processed", "features/*")],
    ["quarantine", "Quarantine", object("quarantine", "refused/*")],
    ["originals", "Originals", object("uploads", "originals/*")],
  ] as const)(
    "lets %s be read and listed, in their place only, and no longer without the word",
    (kind, name, place) => {
      expect(sids({ data: [kind] })).toEqual(expect.arrayContaining([`Read${name}`, `List${name}`, "UseKey"]));
      const read = rights({ data: [kind] }).find(({ sid }) => sid === `Read${name}`);
      expect(read).toEqual({ sid: `Read${name}`, actions: ["s3:GetObject"], resources: [place] });
      const without = sids({ ...all, data: dataKinds.filter((other) => other !== kind) });
      expect(without.filter((sid) => sid.endsWith(name) && /^(Read|List)/.test(sid))).toEqual([]);
    },
  );

  it("lists on every resource, since AWS limits no list, and only what Studio shows", () => {
    const lists = rights(all).filter(({ actions }) =>
      actions.some((action) => /^sagemaker:List(?!Tags$)/.test(action)),
    );
    expect(lists).toEqual([
      {
        sid: "ListStudio",
        actions: ["ListDomains", "ListUserProfiles", "ListApps", "ListSpaces"].map((name) => `sagemaker:${name}`),
        resources: ["*"],
      },
    ]);
  });
});

describe("a training job", () => {
  const resource = arn("training-job/test-image-analysts--1");
  const proper = {
    "sagemaker:InstanceTypes": "ml.t3.medium",
    "sagemaker:MaxRuntimeInSeconds": "7200",
    "sagemaker:VpcSubnets": ["subnet-1"],
    "sagemaker:VpcSecurityGroupIds": ["sg-1"],
    "sagemaker:OutputKmsKey": key,
    "sagemaker:VolumeKmsKey": key,
    "aws:RequestTag/group": "test-image-analysts",
    "aws:RequestTag/environment": "test",
  };
  const ask = (keys: object, changes: Partial<Group> = {}, at = resource) =>
    may(
      { access: ["training"], ...changes },
      {
        action: "sagemaker:CreateTrainingJob",
        resource: at,
        keys: JSON.parse(JSON.stringify({ ...proper, ...keys })),
      },
    ).because;

  it("in the network, with the key, the tag, a time limit and an instance of the list is let through", () => {
    expect(ask({})).toBe("StartTraining grants it");
  });

  it.each([
    ["of another type", { "sagemaker:InstanceTypes": "ml.p5.48xlarge" }, "OnlyTheseInstanceTypes"],
    [
      "of which one type is another",
      { "sagemaker:InstanceTypes": ["ml.t3.medium", "ml.p5.48xlarge"] },
      "OnlyTheseInstanceTypes",
    ],
    ["that is longer", { "sagemaker:MaxRuntimeInSeconds": "7201" }, "OnlyThisLong"],
    ["without an end", { "sagemaker:MaxRuntimeInSeconds": undefined }, "OnlyThisLong"],
    ["outside the network", { "sagemaker:VpcSubnets": undefined }, "NeverOutsideNetwork"],
    ["in a foreign subnet", { "sagemaker:VpcSubnets": ["subnet-1", "subnet-9"] }, "OnlyTheseSubnets"],
    ["with another security group", { "sagemaker:VpcSecurityGroupIds": ["sg-9"] }, "OnlyThisSecurityGroup"],
    ["without a key for what it makes", { "sagemaker:OutputKmsKey": undefined }, "OnlyEncryptedOutput"],
    ["with another key", { "sagemaker:OutputKmsKey": `${key}2` }, "OnlyEncryptedOutput"],
    ["without a key for its disk", { "sagemaker:VolumeKmsKey": undefined }, "OnlyEncryptedDisks"],
    ["with another key for its disk", { "sagemaker:VolumeKmsKey": `${key}2` }, "OnlyEncryptedDisks"],
    ["without its group's tag", { "aws:RequestTag/group": undefined }, "OnlyUnderOwnTag"],
    ["under another group's tag", { "aws:RequestTag/group": "test-others" }, "OnlyUnderOwnTag"],
    [
      "under another environment's tag of the group",
      { "aws:RequestTag/group": "dev-image-analysts" },
      "OnlyUnderOwnTag",
    ],
    ["without its environment's tag", { "aws:RequestTag/environment": undefined }, "OnlyInEnvironment"],
    ["under another environment's tag", { "aws:RequestTag/environment": "dev" }, "OnlyInEnvironment"],
  ])("%s is refused", (_, keys, sid) => {
    expect(ask(keys)).toBe(`${sid} refuses it`);
  });

  it("on an instance that encrypts its own disks takes no key for them", () => {
    const changes = { instanceTypes: ["ml.g5.xlarge"] };
    expect(ask({ "sagemaker:InstanceTypes": "ml.g5.xlarge", "sagemaker:VolumeKmsKey": undefined }, changes)).toBe(
      "StartTraining grants it",
    );
  });

  it("under another group's name, or without the privilege, is granted by nothing", () => {
    expect(ask({}, {}, arn("training-job/test-others--1"))).toBe("nothing grants it");
    expect(ask({}, { access: ["notebooks", "prebuilt-models", "batch-inference"] })).toBe("nothing grants it");
  });
});

describe("notebooks", () => {
  const space = { action: "sagemaker:CreateApp", resource: arn("app/d-1/s/JupyterLab/default") };
  const keys = (owner: string) => ({
    "sagemaker:DomainId": "d-1",
    "sagemaker:UserProfileName": "ada",
    "sagemaker:OwnerUserProfileArn": arn(`user-profile/d-1/${owner}`),
    "sagemaker:SpaceSharingType": "Private",
    "sagemaker:InstanceTypes": "ml.t3.medium",
  });

  it("open in one's own private space, and in nobody else's", () => {
    expect(may(all, { ...space, keys: keys("ada") }).allowed).toBe(true);
    expect(may(all, { ...space, keys: keys("ben") }).allowed).toBe(false);
    expect(may(all, { ...space, keys: { ...keys("ada"), "sagemaker:SpaceSharingType": "Shared" } }).allowed).toBe(
      false,
    );
  });

  it("start Studio's own app, which is of no instance type of the list", () => {
    expect(may(all, { ...space, keys: { ...keys("ada"), "sagemaker:InstanceTypes": "system" } }).allowed).toBe(true);
  });

  it.each(["JupyterLab", "jupyterlab"])("are of the type %s, however AWS spells it in its policies", (type) => {
    const resource = arn(`app/d-1/s/${type}/default`);
    expect(may(all, { ...space, resource, keys: keys("ada") }).because).toBe("RunNotebooks grants it");
  });

  it.each([
    ...["CodeEditor", "codeeditor", "Canvas", "JupyterServer", "KernelGateway", "RSessionGateway", "TensorBoard"].map(
      (type) => `s/${type}/default`,
    ),
    ...["jupyterlab/codeeditor/default", "s/codeeditor/jupyterlab", "JupyterLab/CodeEditor/JupyterLab"],
  ])("are nothing else, which no time to idle would stop: %s", (app) => {
    const request = { ...space, resource: arn(`app/d-1/${app}`), keys: keys("ada") };
    expect(may(all, request).because).toBe("nothing grants it");
  });

  it("are opened as oneself, and as nobody else: who could, would be who they like", () => {
    const request = { action: "sagemaker:CreatePresignedDomainUrl", resource: arn("user-profile/d-1/ada") };
    const asked = (profile: string, domain = "d-1", changes: Partial<Group> = all) =>
      may(changes, {
        ...request,
        keys: { "sagemaker:DomainId": domain, "sagemaker:UserProfileName": profile },
      }).allowed;
    expect([asked("ada"), asked("ben"), asked("ada", "d-2")]).toEqual([true, false, false]);
    expect(may(all, request).allowed).toBe(false);
    expect(asked("ada", "d-1", { ...all, access: ["training"] })).toBe(false);
  });

  it("start by nothing but the word: the key for their disk, and the log of their start, come with it", () => {
    const key = { action: "kms:CreateGrant", resource: made.kmsKeyArn, keys: { "kms:GrantIsForAWSResource": "true" } };
    const stream = "log-group:/aws/sagemaker/studio:log-stream:d-1/s/JupyterLab/default/LifecycleConfigOnStart";
    const log = { action: "logs:PutLogEvents", resource: `arn:aws:logs:eu-central-1:111111111111:${stream}` };
    const requests = [key, { ...key, action: "kms:DescribeKey" }, log];
    expect(requests.map((request) => may({ access: ["notebooks"] }, request).allowed)).toEqual([true, true, true]);
    expect(requests.map((request) => may({ data: [...dataKinds] }, request).allowed)).toEqual([false, false, false]);
  });
});

describe("tags", () => {
  const tag = (resource: string, action?: string, changes: Partial<Group> = all) =>
    may(changes, {
      action: "sagemaker:AddTags",
      resource: arn(resource),
      keys: { ...(action && { "sagemaker:TaggingAction": action }), "aws:RequestTag/group": "others" },
    }).allowed;

  it("are given to what is started, as it is started", () => {
    expect(tag("space/d-1/s", "CreateSpace", { access: ["notebooks"] })).toBe(true);
    expect(tag("app/d-1/s/JupyterLab/default", "CreateApp", { access: ["notebooks"] })).toBe(true);
    expect(tag("training-job/test-image-analysts--1", "CreateTrainingJob", { access: ["training"] })).toBe(true);
  });

  it.each([
    "training-job/test-image-analysts--1",
    "space/d-1/s",
    "app/d-1/s/JupyterLab/default",
    "user-profile/d-1/ada",
  ])("of %s are changed by nobody afterwards, so that no costs are booked on others", (resource) => {
    expect(tag(resource)).toBe(false);
  });

  it("are given to nothing by a group that starts nothing", () => {
    expect(tag("space/d-1/s", "CreateSpace", { ...all, access: [] })).toBe(false);
  });
});

describe("prebuilt models", () => {
  const read = (model: string, models?: string[]) => {
    const resource = `arn:aws:s3:::jumpstart-cache-prod-eu-central-1/pytorch-infer/infer-prepack-${model}.tar.gz`;
    return may({ access: ["prebuilt-models"] }, { action: "s3:GetObject", resource }, models).allowed;
  };

  it("are those of the list, all without a list, and none with an empty one", () => {
    expect([read("a-model", ["a-model"]), read("b-model", ["a-model"])]).toEqual([true, false]);
    expect([read("b-model"), read("b-model", [])]).toEqual([true, false]);
  });
});

describe("whatever the privileges", () => {
  const some = <Kind>(kinds: readonly Kind[]) => fc.uniqueArray(fc.constantFrom(...kinds));
  const types = ["ml.t3.medium", "ml.m5.xlarge", "ml.g5.xlarge", "ml.p3.2xlarge"];
  const groups = fc.record({
    access: some(accessKinds),
    data: some(dataKinds),
    instanceTypes: fc.uniqueArray(fc.constantFrom(...types), { minLength: 1 }),
    maxRuntimeHours: fc.integer({ min: 1, max: 120 }),
  });

  it("what is named is let through, and nothing of what is not", () => {
    const privileges = privilegesOf(environment(), group.name);
    fc.assert(
      fc.property(groups, (given) => {
        const wanted = new Set<string>([
          ...given.access,
          ...given.data,
          ...(given.data.includes("features") ? ["queries"] : []),
        ]);
        for (const [name, { requests }] of Object.entries(privileges)) {
          for (const request of requests) {
            expect([name, request.action, mayProperly(given, request)]).toEqual([
              name,
              request.action,
              wanted.has(name),
            ]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("an instance type that is taken away starts nothing any more", () => {
    const privileges = privilegesOf(environment(), group.name);
    fc.assert(
      fc.property(groups, fc.constantFrom(...types), (given, taken) => {
        const instanceTypes = given.instanceTypes.filter((type) => type !== taken);
        fc.pre(instanceTypes.length > 0);
        const asked = [...jobs].flatMap((name) => privileges[name]?.requests ?? []);
        for (const request of asked.filter(({ action }) => action !== "sagemaker:CreateEndpoint")) {
          const keys = { ...request.keys, "sagemaker:InstanceTypes": taken };
          expect(mayProperly({ ...given, instanceTypes }, { ...request, keys })).toBe(false);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("no group reaches what another has made or started, however alike their names", () => {
    const names = fc.constantFrom("image-analysts-2", "image", "image-analyst", "analysts", "image-analysts-x");
    const actions = policies(all).flatMap(({ Action, Effect }) => (Effect === "Allow" ? [Action ?? []].flat() : []));
    fc.assert(
      fc.property(groups, names, (given, other) => {
        const places = [
          ...["queries", "models"].flatMap((folder) => [object("analysts", `${folder}/${other}/x`)]),
          ...["training-job", "processing-job", "model", "endpoint-config", "endpoint", "transform-job"].map((type) =>
            arn(`${type}/test-${other}--x`),
          ),
          ...["space/d-1/theirs", "app/d-1/theirs/JupyterLab/default", `user-profile/d-1/${other}`].map(arn),
          `arn:aws:athena:eu-central-1:111111111111:workgroup/darkroom-test-analysts-${other}`,
          `arn:aws:iam::111111111111:role/darkroom-test-analysts-${other}`,
          `arn:aws:logs:eu-central-1:111111111111:log-group:/aws/sagemaker/TrainingJobs:log-stream:test-${other}--x/1`,
        ];
        // What AWS limits to no resource, and the tags and names of things, are no data.
        const open =
          /^(ec2:|ecr:Get|cloudwatch:|sagemaker:List|logs:(CreateLogGroup|DescribeLogStreams))|sagemaker:Describe(Domain|UserProfile|App|Space)$/;
        const keys = {
          "iam:PassedToService": "sagemaker.amazonaws.com",
          "sagemaker:DomainId": "d-1",
          "sagemaker:UserProfileName": "ada",
          "sagemaker:OwnerUserProfileArn": arn(`user-profile/d-1/${other}`),
          "sagemaker:SpaceSharingType": "Private",
        };
        for (const resource of places) {
          for (const action of actions.filter((name) => !open.test(name))) {
            expect([action, resource, mayProperly(given, { action, resource, keys })]).toEqual([
              action,
              resource,
              false,
            ]);
          }
        }
        const list = { action: "s3:ListBucket", resource: object("analysts", "").slice(0, -1) };
        for (const folder of ["", "queries/", "models/", `queries/${other}/`, `models/${other}/`]) {
          expect(mayProperly(given, { ...list, keys: { "s3:prefix": folder } })).toBe(false);
        }
      }),
      { numRuns: 15 },
    );
  });
});
