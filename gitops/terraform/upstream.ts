import { createHash } from "node:crypto";
import type { Configuration, S3Location } from "./configuration";
import type { ReadState } from "./state";

/** What a stack reads from another stack's state, as it was when looked at. */
export interface UpstreamFacts {
  /** Name of the stack, or `bucket/key` where it is none of the environment's. */
  readonly stack: string;
  readonly lineage: string;
  readonly serial: number;
  /** Names of the outputs that are read. */
  readonly outputs: string[];
  /** Sha-256, in hex, of the outputs that are read: a plan holds their values, so it is only good while they last. */
  readonly outputsSha256: string;
}

/** The upstream of a stack: either everything it reads is there, or the stacks that must be applied first. */
export type Upstream =
  | { readonly ready: true; readonly facts: readonly UpstreamFacts[] }
  | { readonly ready: false; readonly waitsFor: readonly string[] };

/** Looks whether all outputs that a stack reads are there. */
export async function lookUpstream(
  { upstream }: Pick<Configuration, "upstream">,
  readState: ReadState,
  nameOf: (location: S3Location) => string,
): Promise<Upstream> {
  const looked = await Promise.all(
    upstream.map(async ({ location, outputs }): Promise<UpstreamFacts | string> => {
      const stack = nameOf(location);
      const lookup = await readState(location);
      if (lookup.kind !== "state") return stack;
      const { lineage, serial, outputs: all } = lookup.state;
      if (outputs.some((name) => !Object.hasOwn(all, name))) return stack;
      const values = outputs.map((name) => [name, all[name]?.value]);
      const outputsSha256 = createHash("sha256").update(JSON.stringify(values)).digest("hex");
      return { stack, lineage, serial, outputs: [...outputs], outputsSha256 };
    }),
  );
  const waitsFor = looked.filter((item) => typeof item === "string");
  const facts = looked.filter((item) => typeof item !== "string");
  return waitsFor.length > 0 ? { ready: false, waitsFor: [...new Set(waitsFor)].sort() } : { ready: true, facts };
}
