import { join } from "node:path";
import { type NodeContender, nodeContenders } from "../compile";
import type { ImageClass } from "../images/mix";
import { type Child, startChild } from "../machine/child";
import type { Job, Run } from "./job";
import { installPillow, type PillowRelease } from "./pillow";

const titles: Readonly<Record<NodeContender | PillowRelease, string>> = {
  darkroom: "Darkroom's default processing",
  "sharp-script": "bare sharp script",
  "sharp-clone": "sharp script with clone()",
  "sharp-decode-once": "sharp script that decodes once",
  "dynamic-image-transformation": "Dynamic Image Transformation's calls",
  pillow: "Pillow",
  "pillow-simd": "Pillow-SIMD",
};

/** A program that makes the pictures, started and with the images in memory. */
export interface StartedContender {
  readonly name: NodeContender | PillowRelease;
  readonly title: string;
  readonly note?: string;
  /** Classes it cannot read; filled by {@link expectSamePictures}. */
  readonly unreadable: Set<ImageClass>;
  run(images: readonly number[], atOnce: number): Promise<Run>;
  stop(): Promise<void>;
}

export interface ContendersProps {
  readonly root: string;
  readonly program: (name: NodeContender) => string;
  /** Node, for the programs on sharp. */
  readonly node: string;
  readonly job: Job;
  readonly files: readonly string[];
  readonly cores: string | undefined;
}

/**
 * Starts every contender in a process of its own, on the same cores.
 * @returns them, and why others are missing
 */
export async function startContenders(
  { root, program, node, job, files, cores }: ContendersProps,
  progress: (message: string) => void,
): Promise<readonly StartedContender[]> {
  const started: StartedContender[] = [];
  const start = async (name: NodeContender | PillowRelease, child: Child, note?: string): Promise<void> => {
    started.push({
      name,
      title: titles[name],
      ...(note === undefined ? {} : { note }),
      unreadable: new Set(),
      run: (images, atOnce) => child.ask<Run>({ kind: "run", images, atOnce }),
      stop: () => child.stop(),
    });
    await child.ask({ kind: "load", job, files });
  };
  for (const name of nodeContenders) {
    await start(name, startChild({ name, command: node, args: [program(name)], cores }));
  }
  for (const release of ["pillow", "pillow-simd"] as const) {
    progress(`Installing ${release}`);
    const { python, note } = await installPillow(root, release);
    if (python === undefined) progress(note);
    else {
      const args = [join(root, "bench/processing/contenders/pillow.py")];
      await start(release, startChild({ name: release, command: python, args, cores }), note);
    }
  }
  return started;
}
