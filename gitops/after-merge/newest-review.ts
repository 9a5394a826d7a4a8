import type { ReviewManifest } from "../review/manifest";

/**
 * The manifests of one environment that count: those of the newest run that has planned every stack the merge changes, else of
 * the newest run. Those of two runs are never mixed: people have seen them together, or not at all.
 * @param manifests - the newest first
 * @param changed - names of stacks
 */
export function newestReview(
  manifests: readonly ReviewManifest[],
  environment: string,
  changed: readonly string[] = [],
): readonly ReviewManifest[] {
  const runs = new Map<string, ReviewManifest[]>();
  for (const manifest of manifests) {
    if (manifest.environment !== environment) continue;
    const run = `${manifest.run.id}-${manifest.run.attempt}`;
    runs.set(run, [...(runs.get(run) ?? []), manifest]);
  }
  const all = [...runs.values()];
  const complete = all.find((run) => changed.every((name) => run.some(({ stack }) => stack === name)));
  return complete ?? all[0] ?? [];
}
