import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { Environment } from "../environments/schema";
import { AnalyticsStack } from "./analytics-stack";
import { BootstrapStack } from "./bootstrap-stack";
import { ComputeStack } from "./compute-stack";
import { DataStack } from "./data-stack";
import { IdentityStack } from "./identity-stack";
import { NetworkStack } from "./network-stack";
import { StreamingStack } from "./streaming-stack";

/** Adds the stacks of one environment to an app, each standing on those before it. */
export function buildEnvironment(app: App, environment: Environment): void {
  new BootstrapStack(app, environment);
  const data = new DataStack(app, environment);
  const network = new NetworkStack(app, environment, data);
  const streaming = new StreamingStack(app, environment, data, network);
  new ComputeStack(app, environment, { data, network, streaming });
  const analytics = new AnalyticsStack(app, environment, data, network);
  const { identityCenter } = environment.analytics;
  if (identityCenter) new IdentityStack(app, environment, identityCenter, analytics);
}

/** Writes the stacks of environments to `outFolder`, in place of what an earlier synth wrote there. Equal settings and code give equal bytes, wherever and whenever it runs. */
export function synthEnvironments(environments: readonly Environment[], outFolder: string): void {
  rmSync(join(outFolder, "stacks"), { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  const app = new App({ outdir: outFolder, stackTraces: false });
  for (const environment of environments) buildEnvironment(app, environment);
  app.synth();
}
