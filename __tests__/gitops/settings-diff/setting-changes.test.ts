import { settingChanges } from "../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../support/synth";

const now = new Date("2026-03-27T12:00:00Z");
const changesBy = (changes: Record<string, unknown>) =>
  settingChanges(environmentWith("prod"), environmentWith("prod", changes), now);
const words = (changes: Record<string, unknown>) => changesBy(changes).map((change) => change.words);
const groups = environmentWith("prod").analytics.groups;

it("says nothing of files that say the same, also in another order", () => {
  expect(changesBy({})).toEqual([]);
  expect(changesBy({ "analytics.groups": [...groups].reverse() })).toEqual([]);
});

describe("retention", () => {
  it("that shrinks tells what is deleted and when, and needs a look", () => {
    expect(changesBy({ "retention.processedDays": 14 })).toEqual([
      {
        environment: "prod",
        setting: "retention.processedDays",
        words:
          "prod keeps processed images and their feature records 14 days instead of 30. " +
          "Images processed more than 14 days ago are deleted at the next midnight UTC after this is applied, for good.",
        gate: "retention-shortened",
      },
    ]);
  });

  it.each([
    [
      "originalsDays",
      "prod keeps originals 1 day instead of 365. Originals of images processed more than 1 day ago are deleted at the next midnight UTC after this is applied, for good.",
    ],
    [
      "quarantineDays",
      "prod keeps refused images and failed records 1 day instead of 90. What was set aside more than 1 day ago is deleted at the next midnight UTC after this is applied, for good.",
    ],
    [
      "logDays",
      "prod keeps logs 1 day instead of 365. Log lines written more than 1 day ago are deleted within some days after this is applied, for good.",
    ],
  ])("of %s has words of its own", (setting, expected) => {
    expect(words({ [`retention.${setting}`]: 1 })).toEqual([expected]);
  });

  it("that grows is safe", () => {
    expect(changesBy({ "retention.processedDays": 1500 })).toEqual([
      {
        environment: "prod",
        setting: "retention.processedDays",
        words:
          "prod keeps processed images and their feature records 1,500 days instead of 30. What is there now is kept longer too.",
      },
    ]);
  });
});

describe("the schedule", () => {
  it("is told once, with its next three runs by the administrator's clock and in UTC, over a change of clocks", () => {
    expect(words({ "schedule.time": "04:15", "schedule.days": ["saturday", "sunday", "monday"] })).toEqual([
      "The batch of prod runs on Monday, Saturday and Sunday at 04:15, Europe/Berlin. " +
        "Next: Sat 28 Mar, 04:15 (03:15 UTC); Sun 29 Mar, 04:15 (02:15 UTC); Mon 30 Mar, 04:15 (02:15 UTC).",
    ]);
  });

  it("may be by cron", () => {
    const cron = { enabled: true, cron: "0 3 1 * ? *", timeZone: "America/New_York" };
    expect(words({ schedule: cron })).toEqual([
      "The batch of prod runs by cron(0 3 1 * ? *), America/New_York. " +
        "Next: Wed 1 Apr, 03:00 (07:00 UTC); Fri 1 May, 03:00 (07:00 UTC); Mon 1 Jun, 03:00 (07:00 UTC).",
    ]);
  });

  it("may be switched off", () => {
    expect(words({ "schedule.enabled": false })).toEqual([
      "The batch of prod no longer runs by itself: uploads wait until it is switched on.",
    ]);
  });
});

describe("a group of analysts", () => {
  const [analysts, scientists] = groups;
  const group = (change: object) => ({ "analytics.groups": [{ ...analysts, ...change }, scientists] });

  it.each([
    [
      { access: ["notebooks", "prebuilt-models", "batch-inference"] },
      ["image-analysts may now use batch inference."],
      ["rights-widened"],
    ],
    [{ access: ["notebooks"] }, ["image-analysts may no longer use prebuilt models."], [undefined]],
    [
      { data: ["features", "originals"] },
      ["image-analysts may now read originals.", "image-analysts may no longer read processed images."],
      ["rights-widened", undefined],
    ],
    [
      { instanceTypes: ["ml.t3.medium", "ml.t3.xlarge", "ml.m5.xlarge", "ml.g5.xlarge"] },
      ["image-analysts may now start ml.g5.xlarge (accelerator)."],
      ["rights-widened"],
    ],
    [{ maxRuntimeHours: 12 }, ["One job of image-analysts may run 12 hours instead of 4."], ["rights-widened"]],
    [{ maxRuntimeHours: 1 }, ["One job of image-analysts may run 1 hour instead of 4."], [undefined]],
    [{ sessionHours: 12 }, ["A sign-in of image-analysts lasts 12 hours instead of 8."], ["rights-widened"]],
    [
      { monthlyBudgetUsd: 5000 },
      [
        "The budget of image-analysts is 5,000 US dollars a month instead of 4,000: it alerts, it does not stop anything.",
      ],
      [undefined],
    ],
    [
      { dailyGpuHours: 1200 },
      ["People are now told when GPUs of image-analysts run longer than 1,200 hours within 24 hours."],
      [undefined],
    ],
  ])("with %j is told what it may now and no longer", (change, expected, gates) => {
    const changes = changesBy(group(change));
    expect(changes.map((told) => told.words)).toEqual(expected);
    expect(changes.map((told) => told.gate)).toEqual(gates);
  });

  it("with an alarm on GPU hours tells of another limit, and of none any more", () => {
    const limit = (dailyGpuHours: number | undefined) => ({ "analytics.groups.1.dailyGpuHours": dailyGpuHours });
    expect(words(limit(1))).toEqual([
      "People are told when GPUs of image-scientists run longer than 1 hour within 24 hours instead of 96.",
    ]);
    expect(words(limit(undefined))).toEqual(["People are no longer told how long GPUs of image-scientists run."]);
  });

  it("that is new tells all its rights, one that is gone that it lost them", () => {
    const guests = {
      ...analysts,
      name: "guests",
      access: ["notebooks"],
      data: ["features"],
      instanceTypes: ["ml.p4d.24xlarge"],
      maxRuntimeHours: 1,
      dailyGpuHours: 2,
    };
    expect(changesBy({ "analytics.groups": [guests, scientists] })).toEqual([
      {
        environment: "prod",
        setting: "analytics.groups[guests]",
        words:
          "guests is a new group: it may use notebooks; read features; start ml.p4d.24xlarge (accelerator) for up to 1 hour a job. Its budget is 4,000 US dollars a month. People are now told when GPUs of guests run longer than 2 hours within 24 hours. ada.okafor and ben.lind may sign in as one of it.",
        gate: "rights-widened",
      },
      {
        environment: "prod",
        setting: "analytics.groups[image-analysts]",
        words: "image-analysts is no longer a group: its rights and its budget are gone.",
      },
    ]);
  });
});

it("tells every other setting by its values and by what the file says of it", () => {
  expect(
    words({
      "processing.memoryMegabytes": 3008,
      "processing.renditions.1.quality": 60,
      "webApps.stream.domain": undefined,
    }),
  ).toEqual([
    "prod: processing.memoryMegabytes is 3,008 instead of 2,048. Memory of a function, 512 to 10240 MB; CPU grows with it.",
    "prod: processing.renditions[thumbnail].quality is 60 instead of 75. Quality of the encoder, 1 to 100.",
    "prod: webApps.stream.domain is no longer set, it was stream.images.example.com. Host name that people use; browsers from there may upload.",
  ]);
});

it("tells of an environment that is new, and of one whose file is gone", () => {
  const dev = environmentWith("dev");
  expect(settingChanges(undefined, dev, now)).toEqual([
    { environment: "dev", setting: "", words: "dev is a new environment: everything in it is made." },
  ]);
  expect(settingChanges(dev, undefined, now)).toEqual([
    {
      environment: "dev",
      setting: "",
      words:
        "The file of dev is gone: nothing of it is planned or applied any more. What is there in AWS stays, costs money and is not watched.",
      gate: "environment-removed",
    },
  ]);
});

describe("prebuilt models", () => {
  const changed = (before: unknown, after: unknown) =>
    settingChanges(
      environmentWith("prod", { "analytics.prebuiltModels": before }),
      environmentWith("prod", { "analytics.prebuiltModels": after }),
      now,
    ).map((change) => [change.words, change.gate]);

  it.each([
    [["a"], ["a", "b"], "Groups with prebuilt models may now use b.", "rights-widened"],
    [["a", "b"], ["a"], "Groups with prebuilt models may no longer use b.", undefined],
    [["a"], undefined, "Groups with prebuilt models may now use every model of JumpStart.", "rights-widened"],
    [undefined, ["a", "b"], "Groups with prebuilt models may now use a and b alone.", undefined],
    [undefined, [], "Groups with prebuilt models may no longer use any.", undefined],
  ])("of %j that become %j are told", (before, after, words, gate) => {
    expect(changed(before, after)).toEqual([[words, gate]]);
  });
});
