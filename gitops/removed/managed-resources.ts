import type { S3Location } from "../terraform/configuration";
import type { ReadState } from "../terraform/state";

/** How many resources a state holds; none where there is no state. @throws UserError when it can't be read */
export async function managedResources(place: S3Location, readState: ReadState): Promise<number> {
  const lookup = await readState(place);
  const managed = lookup.kind === "state" ? lookup.state.resources.filter(({ mode }) => mode === "managed") : [];
  return managed.reduce((total, { instances }) => total + instances.length, 0);
}
