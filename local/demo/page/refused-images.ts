import { prefixes } from "../../../functions/common/layout";
import type { ObjectStore, StoredObject } from "../object-store";
import { parseRefusal } from "./feature-record";
import { newestPart, type Part } from "./paging";
import type { RefusedImage } from "./quarantine-view";
import { removalDate } from "./removal";

const reasonKey = /^refused\/dt=(\d{4}-\d\d-\d\d)\/[^/]+\/reason\.json$/;

/** A hundred refused images, newest first. */
export async function readRefused(
  store: ObjectStore,
  bucket: string,
  page: unknown,
): Promise<{ items: RefusedImage[]; part: Part<StoredObject> }> {
  const [rules, objects] = await Promise.all([store.removalRules(bucket), store.list(bucket, prefixes.refused)]);
  const part = newestPart(
    objects.filter(({ key }) => reasonKey.test(key)),
    page,
  );
  const items = await Promise.all(
    part.items.map(async (object): Promise<RefusedImage[]> => {
      const refusal = parseRefusal(await store.get(bucket, object.key));
      const [, day] = reasonKey.exec(object.key) ?? [];
      if (refusal === undefined || day === undefined) return [];
      return [{ refusal, day, dated: { object, removed: removalDate(rules, object.key, object.lastModified) } }];
    }),
  );
  return { items: items.flat(), part };
}
