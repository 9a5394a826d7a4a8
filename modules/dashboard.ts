import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";

/** A metric as a dashboard draws it: namespace, name, then dimension names and values in turn. */
export type Metric = readonly [namespace: string, name: string, ...dimensions: string[]];

export interface Chart {
  readonly title: string;
  readonly statistic: "Sum" | "Average" | "Maximum" | "p99";
  readonly metrics: readonly Metric[];
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
const periodSeconds = 300;

/** One page of charts, three a row. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, region, charts }: DashboardProps) {
    super(scope, id);
    const width = gridColumns / chartsPerRow;
    new CloudwatchDashboard(this, "Default", {
      dashboardName: name,
      dashboardBody: JSON.stringify({
        widgets: charts.map(({ title, statistic, metrics }, index) => ({
          type: "metric",
          x: (index % chartsPerRow) * width,
          y: Math.floor(index / chartsPerRow) * chartHeight,
          width,
          height: chartHeight,
          properties: { title, region, stat: statistic, period: periodSeconds, metrics },
        })),
      }),
    });
  }
}
