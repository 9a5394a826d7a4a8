import type { BenchImage } from "../images/make-images";
import type { MeasuredPath } from "./measured-path";

/**
 * Images before a path counts. V8 compiles the AWS SDK bit by bit: measured by its processor time, a request to S3 costs
 * four times as much in a new process as after some 1,500 requests, and compiling goes on for a while. An environment of
 * Lambda lives through many times that.
 */
const images = 600;

export interface FirstSpeeds {
  /** Images a second of the very first round. */
  readonly stream: number;
  readonly batch: number;
}

/** Runs each path until its code is compiled; after the first round with small images, which need the least else. */
export async function warmUp(
  paths: Readonly<Record<"stream" | "batch", MeasuredPath>>,
  mix: readonly BenchImage[],
  progress: (message: string) => void,
): Promise<FirstSpeeds> {
  const small = mix.filter((image) => image.class === "photo");
  const speeds: number[] = [];
  for (const name of ["stream", "batch"] as const) {
    progress(`Warming up the ${name} path`);
    const { seconds } = await paths[name].run(mix);
    speeds.push(mix.length / seconds);
    for (let done = mix.length; done < images; done += small.length) await paths[name].run(small);
  }
  const [stream = Number.NaN, batch = Number.NaN] = speeds;
  return { stream, batch };
}
