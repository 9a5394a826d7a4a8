import { z } from "zod";
import { listOf, text, wholeNumber } from "./common";
import { identityCenterSettings } from "./identity-center";

/** What a group may do, in the administrator's words. */
export const accessKinds = ["notebooks", "training", "prebuilt-models", "batch-inference"] as const;
/** What a group may read. */
export const dataKinds = ["processed-images", "features", "quarantine", "originals"] as const;

/**
 * One group of the analytics team.
 * Ranges: a training job runs 5 days (120 hours) at most (SageMaker endpoints and quotas, "Longest run time for a
 * training job"); a console session lasts 1 to 12 hours (IAM Identity Center User Guide, "Set session duration").
 */
const group = z.strictObject({
  // Names of what a group starts begin with its own and "--", so no group's name may hold that.
  name: text(
    /^(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "lower-case letters, digits and single '-' between them, at most 32",
  ).describe("Name of the group, as in IAM Identity Center."),
  access: listOf(z.enum(accessKinds, { error: `one of ${accessKinds.join(", ")}` }), "a list").describe(
    "What the group may do: notebooks, training, prebuilt-models, batch-inference.",
  ),
  data: listOf(z.enum(dataKinds, { error: `one of ${dataKinds.join(", ")}` }), "a list").describe(
    "What the group may read: processed-images, features, quarantine, originals.",
  ),
  instanceTypes: listOf(
    text(/^ml\.[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+$/, "a SageMaker instance type, for example ml.t3.medium"),
    "a list of SageMaker instance types",
  )
    .min(1, { error: "at least one instance type" })
    .describe("SageMaker instance types the group may start."),
  maxRuntimeHours: wholeNumber(1, 120, "hours").describe(
    "Longest run of one training or processing job, 1 to 120 hours.",
  ),
  monthlyBudgetUsd: wholeNumber(1, 1_000_000, "US dollars").describe(
    "Monthly budget of the group; mail is sent at 80 and at 100 %.",
  ),
  sessionHours: wholeNumber(1, 12, "hours").describe("Length of a console sign-in, 1 to 12 hours."),
  dailyGpuHours: wholeNumber(1, 100_000, "hours")
    .optional()
    .describe(
      "People are told when the group's GPUs ran longer than this within 24 hours, 1 to 100000 hours. Left out: no alarm.",
    ),
  people: listOf(
    // The name becomes that of a profile, of at most 63 characters (SageMaker API reference, CreateUserProfile).
    text(
      /^[A-Za-z0-9][\w+=.@-]{0,62}$/,
      "a user name: a letter or digit, then letters, digits or _ + = . @ -, at most 63",
    ),
    "a list of user names",
  )
    .optional()
    .describe("User names of the people in the group, each in one group only; whoever is not named can do nothing."),
});

const aDay = "a day, for example 2026-01-31";

/**
 * What queries in Athena look at and may cost. Athena refuses a limit below 10 MB (Athena API reference, WorkGroupConfiguration,
 * BytesScannedCutoffPerQuery); 100,000 GB cost some 500 US dollars at 5 dollars a terabyte (Athena pricing).
 */
const queries = z
  .strictObject({
    firstDay: text(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, aDay)
      .superRefine((day, context) => {
        if (new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(-2))) return;
        const params = { advice: "Write a day that the calendar has." };
        context.addIssue({ code: "custom", message: aDay, params });
      })
      .describe("First day of which there are feature records, YYYY-MM-DD; queries look from there to today."),
    maxScanGigabytes: wholeNumber(1, 100_000, "gigabytes").describe(
      "A query that reads more is stopped, 1 to 100000 gigabytes; Athena bills what was read.",
    ),
    resultDays: wholeNumber(1, 3650, "days").describe("Days that results of queries are kept, 1 to 3650."),
  })
  .describe("What queries of feature records look at and may cost.");

/** Disks of Studio's spaces (SageMaker API reference, SpaceEbsVolumeSizeInGb: 5 to 16384). */
const spaces = z
  .strictObject({
    defaultGigabytes: wholeNumber(5, 16_384, "gigabytes").describe("Disk of a new space, 5 to 16384 gigabytes."),
    maximumGigabytes: wholeNumber(5, 16_384, "gigabytes").describe(
      "Largest disk that a person can give to a space, 5 to 16384 gigabytes; billed while the space exists.",
    ),
  })
  .describe("Disks of the spaces in which notebooks run.");

/** SageMaker Studio and who may use it (SageMaker API reference, IdleSettings: 60 to 525600 minutes). */
export const analyticsSettings = z
  .strictObject({
    signIn: z
      .enum(["sso", "iam"], { error: "sso or iam" })
      .describe("sso: IAM Identity Center. iam: for accounts without it. Changing it replaces the Studio domain."),
    idleMinutes: wholeNumber(60, 525_600, "minutes").describe(
      "A notebook that idles this long is stopped, 60 to 525600.",
    ),
    spaces,
    homeFiles: z
      .enum(["keep", "delete"], { error: "keep or delete" })
      .describe("Whether people's home file system outlives the Studio domain: keep or delete."),
    monthlyBudgetUsd: wholeNumber(1, 10_000_000, "US dollars").describe("Monthly budget of the whole environment."),
    queries,
    modelDays: wholeNumber(1, 3650, "days")
      .optional()
      .describe("Days that what training and other jobs made is kept, 1 to 3650. Left out: until somebody removes it."),
    prebuiltModels: listOf(
      text(/^[a-z0-9][a-z0-9-]{1,127}$/, "the id of a JumpStart model, for example huggingface-llm-falcon-7b-bf16"),
      "a list of JumpStart models",
    )
      .max(20, { error: "at most 20 models" })
      .optional()
      .describe("Prebuilt models that may be used, by their ids. Left out: all of JumpStart."),
    groups: z.array(group, { error: "a list of groups" }).describe("The groups of the analytics team."),
    identityCenter: identityCenterSettings.optional(),
  })
  .describe("The analysts' workspace.");
