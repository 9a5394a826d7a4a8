import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A stack as a test wants it synthesized; backend and provider are added. */
export interface TestStack {
  readonly dependencies?: readonly string[];
  readonly resource?: object;
  readonly output?: Record<string, unknown>;
  /** Layers whose state is read, as `data.terraform_remote_state.<layer>`. */
  readonly reads?: readonly string[];
}

export const testRegion = "eu-central-1";

/** The bucket that holds the states of a test's environment. */
export const stateBucket = (environment: string): string => `darkroom-test-${environment}-state`;

/** Writes a synthesized output of the given layers, as `npm run synth` would, replacing what is there. */
export function writeSynthesized(
  folder: string,
  environment: string,
  layers: Readonly<Record<string, TestStack>>,
): void {
  rmSync(folder, { recursive: true, force: true });
  const entries = Object.entries(layers).map(([layer, { dependencies = [] }]) => {
    const name = `${environment}-${layer}`;
    return [
      name,
      {
        name,
        synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
        dependencies: dependencies.map((other) => `${environment}-${other}`),
      },
    ] as const;
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify({ version: "0.21.0", stacks: Object.fromEntries(entries) }),
  );
  for (const [layer, stack] of Object.entries(layers)) {
    const path = join(folder, "stacks", `${environment}-${layer}`);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "cdk.tf.json"), JSON.stringify(configuration(environment, layer, stack), null, 2));
  }
}

function configuration(environment: string, layer: string, { resource, output, reads = [] }: TestStack): object {
  const place = (of: string) => ({ bucket: stateBucket(environment), key: `${of}.tfstate`, region: testRegion });
  const states = reads.map((other) => [other, { backend: "s3", config: place(other) }] as const);
  return {
    terraform: {
      required_version: ">= 1.10.0",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
      backend: { s3: { ...place(layer), use_lockfile: true } },
    },
    provider: { aws: [{ region: testRegion }] },
    ...(states.length > 0 && { data: { terraform_remote_state: Object.fromEntries(states) } }),
    ...(resource && { resource }),
    ...(output && {
      output: Object.fromEntries(Object.entries(output).map(([name, value]) => [name, { value }])),
    }),
  };
}
