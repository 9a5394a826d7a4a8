import { prepareLocalBootstrap } from "./local-bootstrap";
import { bootstrapStackOf, type Context } from "./options";
import { readConfiguration } from "./terraform/configuration";
import { initWorkspace } from "./terraform/init-workspace";
import type { Stack } from "./terraform/manifest";
import { lookUpstream, type UpstreamFacts } from "./terraform/upstream";
import { type Workspace, workspaceOf } from "./terraform/workspace";
import { UserError } from "./user-error";

/** A stack that Terraform can plan and apply. */
export interface PreparedStack {
  readonly stack: Stack;
  readonly workspace: Workspace;
  /** `local` while a bootstrap stack has no state bucket to keep its state in. */
  readonly backend: "s3" | "local";
  /** The stack's state as it is now; nothing before the first apply. */
  readonly state: { readonly lineage: string; readonly serial: number } | null;
  readonly upstream: readonly UpstreamFacts[];
  /** Whether what it reads of other stacks is there. Only a removed stack gets on without: it is destroyed as its state has it. */
  readonly readsAll: boolean;
}

/** Either ready, or the stacks that must be applied first. */
export type Preparation =
  | { readonly ready: true; readonly prepared: PreparedStack }
  | { readonly ready: false; readonly waitsFor: readonly string[] };

/**
 * Looks at the states a stack needs, and initializes its workspace.
 * @throws UserError when a state can't be read or Terraform's init fails.
 */
export async function prepareStack(context: Context, stack: Stack): Promise<Preparation> {
  const { readState, stackAt, terraform, workFolder, signal, progress } = context;
  const configuration = readConfiguration(stack.folder);
  if (configuration.backend === undefined) {
    throw new UserError(`${stack.name}: expected an S3 backend in ${stack.folder}/cdk.tf.json, but there is none.`);
  }
  const own = await readState(configuration.backend);
  const bootstrap = bootstrapStackOf(context);
  const isBootstrap = bootstrap?.name === stack.name;
  if (own.kind === "no-bucket" && !isBootstrap) {
    if (bootstrap) return { ready: false, waitsFor: [bootstrap.name] };
    throw new UserError(
      `${stack.name}: the state bucket ${configuration.backend.bucket} does not exist, and no stack of ${stack.environment} creates it.`,
    );
  }
  const upstream = await lookUpstream(configuration, readState, stackAt);
  if (!upstream.ready && stack.removed === undefined) return upstream;

  const local = own.kind !== "state" && isBootstrap ? await prepareLocalBootstrap(context, stack) : undefined;
  const workspace = local?.workspace ?? workspaceOf(stack, workFolder);
  progress({ stack: stack.name, step: "init", message: "initializing" });
  await initWorkspace(terraform, workspace, {
    signal,
    onLine: (line) => {
      if (line.startsWith("- ")) progress({ stack: stack.name, step: "init", message: line.slice(2) });
    },
  });
  const state = local ? local.state : own.kind === "state" ? own.state : undefined;
  return {
    ready: true,
    prepared: {
      stack,
      workspace,
      backend: local ? "local" : "s3",
      state: state ? { lineage: state.lineage, serial: state.serial } : null,
      // What is destroyed does not depend on others, whose outputs may go as soon as nobody needs them.
      upstream: upstream.ready && stack.removed === undefined ? upstream.facts : [],
      readsAll: upstream.ready,
    },
  };
}
