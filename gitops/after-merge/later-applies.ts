import type { RecordStore } from "../record/record-store";
import type { History } from "./history";

/**
 * Stacks that a later merge has brought up to date already, with that merge. Applying an older one to them would turn back
 * what came after it, so it is the stack that counts and not the merge: an older merge that failed may still be applied where
 * no later one has touched anything.
 */
export async function laterApplies(
  commit: string,
  environment: string,
  { history, records }: { readonly history: History; readonly records: RecordStore },
): Promise<Map<string, string>> {
  const later = new Map<string, string>();
  for (const merge of await history.after(commit)) {
    for (const record of await records.of(merge)) {
      if (record.environment !== environment) continue;
      for (const { stack, outcome } of record.stacks) {
        if ((outcome === "applied" || outcome === "nothing") && !later.has(stack)) later.set(stack, merge);
      }
    }
  }
  return later;
}
