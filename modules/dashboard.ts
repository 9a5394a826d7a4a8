import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";

/** A metric as a dashboard draws it: namespace, name, then dimension names and values in turn. */
export type Metric = readonly [namespace: string, name: string, ...dimensions: string[]];

/** What is drawn of a metric in its place. */
export interface Line {
  readonly label: string;
  readonly metric: Metric;
  /** What the metric's value is divided by. */
  readonly divisor: number;
}

export interface Chart {
  readonly title: string;
  readonly statistic: "Sum" | "Average" | "Maximum" | "p99";
  readonly metrics?: readonly Metric[];
  readonly lines?: readonly Line[];
  /** Lines at a height that stays, as limits are. */
  readonly limits?: readonly { readonly label: string; readonly value: number }[];
  /** Seconds that a point stands for, a multiple of 60. @default 300 */
  readonly periodSeconds?: number;
}

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly charts: readonly Chart[];
}

/** The dashboard's grid is 24 columns wide (CloudWatch User Guide, "Dashboard body structure"). */
const gridColumns = 24;
const chartsPerRow = 3;
const chartHeight = 6;
const usualPeriodSeconds = 300;
/** Shown when the page is opened: enough for a few points a day apart, and for the last runs of a batch. */
const start = "-P3D";

/** A line is a metric that is not drawn, and what is reckoned of it (CloudWatch User Guide, "Dashboard body structure", "Metrics array"). */
const drawn = ({ label, metric, divisor }: Line, index: number): unknown[] => [
  [{ id: `line${index}`, label, expression: `metric${index} / ${divisor}` }],
  [...metric, { id: `metric${index}`, visible: false }],
];

/** One page of charts, three a row. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, region, charts }: DashboardProps) {
    super(scope, id);
    const width = gridColumns / chartsPerRow;
    new CloudwatchDashboard(this, "Default", {
      dashboardName: name,
      dashboardBody: JSON.stringify({
        start,
        // Or the range that is shown would choose how long points are, and a day's limit would stand beside the sums of hours.
        periodOverride: "inherit",
        widgets: charts.map(({ title, statistic, metrics = [], lines = [], limits, periodSeconds }, index) => ({
          type: "metric",
          x: (index % chartsPerRow) * width,
          y: Math.floor(index / chartsPerRow) * chartHeight,
          width,
          height: chartHeight,
          properties: {
            title,
            region,
            stat: statistic,
            period: periodSeconds ?? usualPeriodSeconds,
            metrics: [...metrics, ...lines.flatMap(drawn)],
            ...(limits && { annotations: { horizontal: limits } }),
          },
        })),
      }),
    });
  }
}
