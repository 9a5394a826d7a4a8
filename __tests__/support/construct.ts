import { Testing } from "cdktf";
import type { Construct } from "constructs";
import type { SynthesizedStack } from "./synth";

/** Synthesizes one construct by itself. */
export function synthConstruct(build: (scope: Construct) => void): SynthesizedStack {
  return JSON.parse(Testing.synthScope(build)) as SynthesizedStack;
}
