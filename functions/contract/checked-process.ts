import * as z from "zod";
import type { OutputImage, Process, ProcessingResult } from "./process";
import { faultsOf, nameRule, namesAreKnown, outputSchema } from "./result";

/** The code answered something else than the contract says. It counts as a fault of the moment: a new version mends it. */
export class ContractBroken extends Error {
  override readonly name = "ContractBroken";
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

const resultSchema = z.object(
  {
    outputs: z.array(
      outputSchema.extend({
        bytes: z.custom((value) => value instanceof Uint8Array, { error: "bytes (a Uint8Array)" }),
      }),
      { error: "a list of outputs" },
    ),
    features: z
      .custom<object>(isObject, { error: "an object", abort: true })
      .refine(namesAreKnown, { error: nameRule }),
  },
  { error: "outputs and features" },
);

/**
 * The same code, whose outputs are looked at before they are written under keys with their names.
 * @throws ContractBroken naming every output that is not as functions/contract/process.ts says.
 */
export const checkedProcess =
  (process: Process): Process =>
  async (image, context) => {
    const result = await process(image, context);
    const faults = resultFaults(result);
    if (faults !== undefined) throw new ContractBroken(`process answered outside of its contract: ${faults}`);
    return result;
  };

/** In one line; undefined when there is none. Types promise as much, but not every caller is checked by them. */
function resultFaults(result: ProcessingResult): string | undefined {
  const checked = resultSchema.safeParse(result);
  if (!checked.success) return faultsOf(checked.error);
  const twice = duplicate(result.outputs);
  return twice === undefined ? undefined : `outputs: expected a name of its own for each, but got ${twice} twice`;
}

const duplicate = (all: readonly OutputImage[]): string | undefined =>
  all.map(({ name }) => name).find((name, index, names) => names.indexOf(name) !== index);
