import type { Layer } from "../../../modules/names";
import { environmentWith, type SynthesizedStack, type SynthesizedStacks, synth } from "../../support/synth";
import type { Row } from "./row";

/** Rows that change different things share a synth, so that the table costs a handful of them and not one a row. */
class Batch {
  private readonly changes: Record<string, unknown> = {};
  private stacks: SynthesizedStacks | undefined;
  private closed = false;

  constructor(private readonly environment: string) {}

  add({ environment = "prod", setting, path = setting, value, alone = false }: Row): boolean {
    const overlaps = Object.keys(this.changes).some(
      (taken) => `${taken}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${taken}.`),
    );
    if (this.closed || environment !== this.environment || overlaps || (alone && Object.keys(this.changes).length > 0))
      return false;
    if (value !== undefined) this.changes[path] = value;
    this.closed = alone;
    return true;
  }

  stack(layer: Layer): SynthesizedStack {
    this.stacks ??= synth(environmentWith(this.environment, this.changes));
    return this.stacks[layer];
  }
}

const batches: Batch[] = [];
export const batchOf = (row: Row): Batch => {
  const found = batches.find((batch) => batch.add(row));
  if (found) return found;
  batches.push(new Batch(row.environment ?? "prod"));
  return batchOf(row);
};
