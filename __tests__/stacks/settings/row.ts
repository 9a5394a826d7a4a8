import type { Layer } from "../../../modules/names";
import type { SynthesizedStack } from "../../support/synth";

export type Look = (stack: SynthesizedStack) => unknown;

/** A setting, another value for it, and what in which stack has to say so. */
export interface Row {
  readonly setting: string;
  /** Where it stands in the file, when that is not `setting`. */
  readonly path?: string;
  readonly value: unknown;
  readonly layer: Layer;
  readonly look: Look;
  readonly expected: unknown;
  /** @default prod */
  readonly environment?: string;
  /** Its change would be seen by other rows. @default false */
  readonly alone?: boolean;
}
