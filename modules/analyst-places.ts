/** Where things lie in buckets that only analysts use. Policies, lifecycle rules and the starter notebooks are made of these. */
export const analystPlaces = {
  /** analysts bucket: results of queries, one folder a group, kept `analytics.queries.resultDays`. */
  queries: "queries/",
  /** analysts bucket: what training and other jobs made, one folder a group, kept `analytics.modelDays` or until it is removed. */
  models: "models/",
  /** apps bucket: the starter notebooks. */
  notebooks: "notebooks/",
} as const;
