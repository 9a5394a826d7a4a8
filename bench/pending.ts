import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { takeImages } from "../operations/dispatch";
import { forEachAtMost, inBatches } from "../operations/flow";
import { objectsBelow } from "../operations/listing";

/** Sizes in MB of 1,000,000 bytes: resident memory of this process, which lists and dispatches. */
export interface PendingResult {
  readonly keys: number;
  /** Images that the function got: each key once. */
  readonly dispatched: number;
  readonly calls: number;
  readonly seconds: number;
  readonly keysPerSecond: number;
  readonly peakMegabytes: number;
  /** After each tenth of the keys. */
  readonly megabytes: readonly number[];
  /** From the first tenth to the last. */
  readonly growthMegabytes: number;
}

const imagesACall = 20;
const callsAtOnce = 16;
const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1e6);

/** Lists pending keys and gives them to the batch function as operations do, from an S3 and a Lambda that cost nothing. */
export async function benchPending(keys: number, say: (message: string) => void): Promise<PendingResult> {
  const server = spawn(process.execPath, ["--import", "tsx", join(__dirname, "pending-server.ts"), String(keys)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const [port] = (await once(server.stdout, "data")) as [Buffer];
    const endpoint = `http://127.0.0.1:${port.toString().trim()}`;
    const settings = {
      endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    };
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const lambda = new LambdaClient(settings);
    const samples: number[] = [];
    let [done, calls, peak] = [0, 0, 0];
    const started = performance.now();
    await forEachAtMost(
      inBatches(objectsBelow(s3, "uploads", "pending/"), imagesACall),
      callsAtOnce,
      async (images) => {
        await takeImages(images, { lambda, functionName: "batch" });
        calls++;
        done += images.length;
        if (calls % 50 === 0) peak = Math.max(peak, megabytes());
        if (done >= ((samples.length + 1) * keys) / 10) {
          samples.push(megabytes());
          say(`${done.toLocaleString("en")} keys, ${samples.at(-1)} MB`);
        }
      },
    );
    const seconds = (performance.now() - started) / 1000;
    const dispatched = Number(await (await fetch(`${endpoint}/taken`)).text());
    s3.destroy();
    lambda.destroy();
    return {
      keys,
      dispatched,
      calls,
      seconds: Math.round(seconds * 10) / 10,
      keysPerSecond: Math.round(keys / seconds),
      peakMegabytes: Math.max(peak, ...samples),
      megabytes: samples,
      growthMegabytes: (samples.at(-1) ?? 0) - (samples[0] ?? 0),
    };
  } finally {
    server.kill();
  }
}
