import type { Resource } from "../resource";
import { actions } from "./actions";
import { comments } from "./comments";
import { environments } from "./environments";
import { labels } from "./labels";
import { people } from "./people";
import { pulls } from "./pulls";
import { rulesets } from "./rulesets";
import { runs } from "./runs";
import { settings } from "./settings";

/** All endpoints, one file a resource. */
export const resources: readonly Resource[] = [
  settings,
  actions,
  rulesets,
  environments,
  labels,
  people,
  pulls,
  comments,
  runs,
];
