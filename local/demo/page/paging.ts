import type { StoredObject } from "../object-store";

const pageSize = 100;

export interface Part<T> {
  readonly items: readonly T[];
  /** From 1. */
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  readonly total: number;
}

/** A hundred of the objects, newest first; a page beyond the ends or no number at all gives the nearest one. */
export function newestPart(objects: readonly StoredObject[], page: unknown): Part<StoredObject> {
  const pages = Math.max(1, Math.ceil(objects.length / pageSize));
  const wanted = typeof page === "string" && /^\d{1,6}$/.test(page) ? Number(page) : 1;
  const number = Math.min(pages, Math.max(1, wanted));
  const sorted = objects.toSorted(
    (one, other) => other.lastModified.getTime() - one.lastModified.getTime() || (one.key < other.key ? -1 : 1),
  );
  return {
    items: sorted.slice((number - 1) * pageSize, number * pageSize),
    page: number,
    pages,
    total: objects.length,
  };
}
