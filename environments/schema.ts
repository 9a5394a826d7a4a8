import { z } from "zod";
import { analyticsSettings } from "./settings/analytics";
import { listOf, text } from "./settings/common";
import { githubSettings } from "./settings/github";
import { networkSettings } from "./settings/network";
import { processingSettings } from "./settings/processing";
import { retentionSettings } from "./settings/retention";
import { scheduleSettings } from "./settings/schedule";
import { streamingSettings } from "./settings/streaming";
import { webAppsSettings } from "./settings/web-apps";
import { webSignInSettings } from "./settings/web-sign-in";

/** Everything an administrator decides about one environment: the shape of `environments/<name>.yaml`. */
export const environmentSchema = z.strictObject({
  account: text(/^\d{12}$/, "the 12 digits of an AWS account, in quotes").describe(
    "AWS account, 12 digits, in quotes.",
  ),
  region: text(
    /^(?!us-gov-|us-iso|cn-)[a-z]{2}(-[a-z]+)+-\d$/,
    "a region of AWS's standard partition, for example eu-central-1",
  ).describe("AWS region. Changing it makes everything anew."),
  owner: text(/^[\w .@+-]{1,64}$/, "a team's name or address, at most 64 characters").describe(
    "Team that answers for the environment; a tag on everything.",
  ),
  tags: z
    .record(
      text(
        /^[A-Za-z][\w.:+=@/-]{0,63}$/,
        "a tag's name: a letter, then letters, digits or _ . : + = @ / -, at most 64",
      ),
      text(/^[\w .:/=+@-]{1,256}$/, "a tag's value, at most 256 characters"),
      { error: "names and values of tags" },
    )
    .describe("Further tags on everything, for example costCentre."),
  schedule: scheduleSettings,
  retention: retentionSettings,
  network: networkSettings,
  streaming: streamingSettings,
  processing: processingSettings,
  webApps: webAppsSettings,
  analytics: analyticsSettings,
  alerts: z
    .strictObject({
      // AWS Budgets API reference, Notification: at most 10 addresses.
      emails: listOf(z.email({ error: "an e-mail address" }), "a list of e-mail addresses")
        .max(10, { error: "at most 10 e-mail addresses" })
        .describe("Who is told of alarms and budgets, at most 10 addresses."),
    })
    .describe("Who is told when something is wrong."),
  github: githubSettings,
  webSignIn: webSignInSettings.optional(),
});

/** The settings of one environment, as written in its file. */
export type EnvironmentSettings = z.infer<typeof environmentSchema>;

/** The settings together with the environment's name (the file's name without `.yaml`). */
export type Environment = EnvironmentSettings & { readonly name: string };
