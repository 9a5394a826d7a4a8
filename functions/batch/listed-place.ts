import type { ImagePlace } from "../common/keys";
import { prefixes } from "../common/layout";

/** What a listed key says about its image. */
export interface ListedPlace extends ImagePlace {
  readonly kind: "original" | "features" | "refused";
  /** Version of the processing that wrote the feature record. */
  readonly version?: string;
}

const id = "(?<imageId>[A-Za-z0-9_-]{1,64})";
const day = "dt=(?<day>\\d{4}-\\d{2}-\\d{2})";

const forms: readonly (readonly [ListedPlace["kind"], RegExp])[] = [
  ["original", new RegExp(`^${prefixes.originals}${day}/${id}$`)],
  ["features", new RegExp(`^${prefixes.features}${day}/${id}-(?<version>[0-9a-f]{12})\\.json$`)],
  ["refused", new RegExp(`^${prefixes.refused}${day}/${id}/reason\\.json$`)],
];

/** The image whose original, feature record or reason of refusal the key names (keys.ts); undefined for any other key. */
export function listedPlace(key: string): ListedPlace | undefined {
  for (const [kind, form] of forms) {
    const found = form.exec(key)?.groups;
    if (found?.imageId === undefined || found.day === undefined) continue;
    const place = { kind, imageId: found.imageId, day: found.day };
    return found.version === undefined ? place : { ...place, version: found.version };
  }
  return undefined;
}
