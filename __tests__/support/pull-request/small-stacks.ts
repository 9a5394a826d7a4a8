import { mkdirSync, rmSync } from "node:fs";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App } from "cdktf";
import type { Environment } from "../../../environments/schema";
import type { Layer } from "../../../modules/names";
import { BaseStack } from "../../../stacks/base-stack";

/** Layers that {@link synthSmall} knows, each with one resource a setting of `retention`. */
export type SmallLayer = Exclude<Layer, "bootstrap" | "identity">;

type Retention = Environment["retention"];

const settings: Readonly<Record<SmallLayer, readonly (keyof Retention)[]>> = {
  data: ["logDays", "quarantineDays"],
  compute: ["logDays"],
  network: ["originalsDays"],
  streaming: ["quarantineDays"],
  analytics: ["processedDays"],
};

/** The backend, provider and tags of the real stacks around what holds a number of days: log groups and parameters. */
class SmallStack extends BaseStack {
  constructor(scope: App, environment: Environment, layer: SmallLayer) {
    super(scope, environment, layer);
    for (const setting of settings[layer]) {
      const name = `/darkroom/${environment.name}/${layer}/${setting}`;
      const days = environment.retention[setting];
      if (layer === "data" && setting === "logDays")
        new CloudwatchLogGroup(this, setting, { name, retentionInDays: days });
      else new SsmParameter(this, setting, { name, type: "String", value: String(days) });
    }
  }
}

/** Takes the place of `synthEnvironments()`: what a test of pull requests needs of an environment, applied in seconds. `compute` depends on `data`. */
export function synthSmall(
  environments: readonly Environment[],
  outFolder: string,
  layers: readonly SmallLayer[],
): void {
  rmSync(`${outFolder}/stacks`, { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  const app = new App({ outdir: outFolder, stackTraces: false });
  for (const environment of environments) {
    const stacks = new Map(layers.map((layer) => [layer, new SmallStack(app, environment, layer)]));
    const [data, compute] = [stacks.get("data"), stacks.get("compute")];
    if (data && compute) compute.addDependency(data);
  }
  app.synth();
}
