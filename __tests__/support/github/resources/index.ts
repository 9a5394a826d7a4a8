import type { Resource } from "../resource";
import { actions } from "./actions";
import { checks } from "./checks";
import { comments } from "./comments";
import { contents } from "./contents";
import { deployments } from "./deployments";
import { environments } from "./environments";
import { events } from "./events";
import { git } from "./git";
import { graphql } from "./graphql";
import { issues } from "./issues";
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
  issues,
  comments,
  runs,
  checks,
  contents,
  events,
  graphql,
  deployments,
  git,
];
