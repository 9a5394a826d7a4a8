import type { ResultStore } from "../../../functions/report/result-store";

/** A bucket in memory; objects are read in small pieces, as they come from a network. */
export class MemoryResults implements ResultStore {
  readonly objects = new Map<string, string>();

  async keys(prefix: string, suffix: string): Promise<string[]> {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key.endsWith(suffix)).reverse();
  }

  async read(key: string): Promise<AsyncIterable<Uint8Array>> {
    const bytes = Buffer.from(this.objects.get(key) ?? "");
    return (async function* () {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
    })();
  }

  async write(key: string, content: unknown): Promise<void> {
    this.objects.set(key, JSON.stringify(content));
  }

  json(key: string): unknown {
    return JSON.parse(this.objects.get(key) ?? "");
  }
}

const arn = "arn:aws:states:eu-central-1:111111111111";

/** Input of a child with so many images, as ItemBatcher makes it. */
export const input = (images: number): string =>
  JSON.stringify({
    Items: Array.from({ length: images }, (_, index) => ({
      Etag: '"0123456789abcdef0123456789abcdef"',
      Key: `pending/2026/"${index}".jpg`,
      LastModified: 1767225600,
      Size: 123_456,
      StorageClass: "STANDARD",
    })),
  });

const common = (name: string, images: number) => ({
  ExecutionArn: `${arn}:execution:darkroom-prod-batch/Images:${name}`,
  Input: input(images),
  InputDetails: { Included: true },
  Name: name,
  OutputDetails: { Included: true },
  RedriveCount: 0,
  StartDate: "2026-02-04T01:49:50.099Z",
  StateMachineArn: `${arn}:stateMachine:darkroom-prod-batch/Images`,
  StopDate: "2026-02-04T01:49:50.163Z",
});

/** Entries of the result files, as the Step Functions Developer Guide shows them ("ResultWriter", transformation NONE). */
export const succeeded = (name: string, output: object, images = 3): object => ({
  ...common(name, images),
  Output: JSON.stringify(output),
  RedriveStatus: "NOT_REDRIVABLE",
  RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
  Status: "SUCCEEDED",
});

export const failed = (name: string, error: string, cause: string, images = 3): object => ({
  ...common(name, images),
  Cause: cause,
  Error: error,
  RedriveStatus: "REDRIVABLE",
  Status: "FAILED",
});

export const pending = (images = 3): object => ({
  Input: input(images),
  InputDetails: { Included: true },
  Status: "PENDING",
});

const mapRun = "ad9b5f27-090b-3ac6-9beb-243cd77144a7";

/** Writes the files of a Map Run and their manifest below a run's prefix; answers the manifest's key. */
export function writeResults(
  store: MemoryResults,
  run: string,
  files: Partial<Record<"SUCCEEDED" | "FAILED" | "PENDING", readonly (readonly object[])[]>>,
): string {
  const folder = `batch-runs/${run}/${mapRun}`;
  const references = (state: keyof typeof files) =>
    (files[state] ?? []).map((entries, index) => {
      const Key = `${folder}/${state}_${index}.json`;
      const text = JSON.stringify(entries);
      store.objects.set(Key, text);
      return { Key, Size: text.length };
    });
  const manifest = `${folder}/manifest.json`;
  const content = {
    DestinationBucket: "logs",
    MapRunArn: `${arn}:mapRun:darkroom-prod-batch/Images:${mapRun}`,
    ResultFiles: {
      FAILED: references("FAILED"),
      PENDING: references("PENDING"),
      SUCCEEDED: references("SUCCEEDED"),
    },
  };
  store.objects.set(manifest, JSON.stringify(content));
  return manifest;
}
