import { lifecycle, one } from "./looks";
import type { Row } from "./row";

/** Rows of the settings analytics.queries, and of how long what analysts make is kept. */
export const queryRows: Row[] = [
  {
    setting: "analytics.queries.firstDay",
    value: "2025-03-01",
    layer: "analytics",
    look: one("aws_glue_catalog_table", "features", ({ parameters }) => parameters["projection.dt.range"]),
    expected: "2025-03-01,NOW",
  },
  {
    setting: "analytics.queries.maxScanGigabytes",
    value: 7,
    layer: "analytics",
    look: one(
      "aws_athena_workgroup",
      "queries-image-analysts",
      ({ configuration }) => configuration.bytes_scanned_cutoff_per_query,
    ),
    expected: 7_000_000_000,
  },
  {
    setting: "analytics.queries.resultDays",
    value: 3,
    layer: "data",
    look: lifecycle("analysts", "queries"),
    expected: 3,
  },
  {
    setting: "analytics.modelDays",
    value: 40,
    layer: "data",
    look: lifecycle("analysts", "models"),
    expected: 40,
  },
];
