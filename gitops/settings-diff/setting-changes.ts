import type { Environment } from "../../environments/schema";
import { type LeafChange, leafChanges, pathOf } from "./leaf-changes";
import type { SettingChange } from "./setting-change";
import { analyticsWords } from "./words/analytics";
import { githubWords } from "./words/github";
import { identityCenterWords } from "./words/identity-center";
import { modelDaysWords } from "./words/model-days";
import { natWords } from "./words/nat";
import { otherWords } from "./words/other";
import { queriesWords } from "./words/queries";
import { retentionWords } from "./words/retention";
import { scheduleWords } from "./words/schedule";
import { studioWords } from "./words/studio";
import { webAppsWords } from "./words/web-apps";
import { webSignInWords } from "./words/web-sign-in";
import type { Words } from "./words/words";

/**
 * What changed between two versions of an environment's file, in the administrator's words.
 * @param before - undefined when the environment is new
 * @param after - undefined when its file is gone
 * @param now - the instant from which runs of the batch are told
 */
export function settingChanges(
  before: Environment | undefined,
  after: Environment | undefined,
  now: Date,
): SettingChange[] {
  const environment = after?.name ?? before?.name ?? "";
  if (before === undefined && after === undefined) return [];
  if (before === undefined) {
    return [{ environment, setting: "", words: `${environment} is a new environment: everything in it is made.` }];
  }
  if (after === undefined) {
    const words =
      `The file of ${environment} is gone: nothing of it is planned or applied any more. ` +
      "What is there in AWS stays, costs money and is not watched.";
    return [{ environment, setting: "", words, gate: "environment-removed" }];
  }
  const changes = leafChanges(before, after);
  // When the batch runs is one thing, however many of its settings say it.
  const timed = changes.some(({ path }) => path[0] === "schedule");
  const schedule = timed ? [{ environment, setting: "schedule", words: scheduleWords(after, now) }] : [];
  const others = changes
    .filter(({ path }) => path[0] !== "schedule")
    .flatMap((change) => told(environment, change, after));
  return [...schedule, ...others];
}

const speakers: readonly ((change: LeafChange, environment: string) => Words[] | undefined)[] = [
  retentionWords,
  analyticsWords,
  identityCenterWords,
  queriesWords,
  modelDaysWords,
  natWords,
  studioWords,
  githubWords,
  webAppsWords,
  webSignInWords,
];

/** The first that has words of its own for the setting speaks. */
function told(environment: string, change: LeafChange, after: Environment): SettingChange[] {
  for (const speak of speakers) {
    const words = speak(change, environment);
    if (words !== undefined) return words.map((said) => ({ environment, setting: pathOf(change.path), ...said }));
  }
  return [{ environment, setting: pathOf(change.path), ...otherWords(change, after) }];
}
