import { performance } from "node:perf_hooks";
import type { Environment } from "../../../environments/schema";
import { median } from "../../median";
import { functionVariables } from "../paths/function-process";
import type { ColdStart } from "../result";
import { startChild } from "./child";

const runs = 9;

/** Says when Node ran its first line, and when the function could be called. */
const program = `
const now = () => performance.timeOrigin + performance.now();
const first = now();
require(process.argv[1]);
require("node:fs").writeSync(3, JSON.stringify([first, now()]) + "\\n");
`;

/**
 * What a new execution environment spends before it can work, of that which is ours: Node's start and the loading of the
 * function out of its unpacked bundle, sharp's binary included. The files are in the page cache.
 */
export async function measureColdStart(
  name: "stream" | "batch",
  node: string,
  bundleFolder: string,
  environment: Environment,
  cores: string | undefined,
): Promise<ColdStart> {
  const once = async (): Promise<readonly [number, number]> => {
    const started = performance.timeOrigin + performance.now();
    const child = startChild({
      name: `A new ${name} function`,
      command: node,
      args: ["-e", program, `${bundleFolder}/${name}.js`],
      env: { ...functionVariables(environment), AWS_REGION: environment.region },
      cores,
    });
    const [first, ready] = await child.ask<[number, number]>({});
    await child.stop();
    return [first - started, ready - started];
  };
  await once();
  const times: (readonly [number, number])[] = [];
  for (let run = 0; run < runs; run++) times.push(await once());
  return {
    nodeMilliseconds: median(times.map(([first]) => first)),
    readyMilliseconds: median(times.map(([, ready]) => ready)),
  };
}
