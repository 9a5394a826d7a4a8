import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { bundleApp } from "../../../apps/bundle/bundle";
import { until } from "../../fixtures/until";
import { httpRequest } from "../../support/http-request";

/** An app that runs from its bundle, as Beanstalk runs it. */
export interface AppProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote. */
  output(): string;
  /** Sends SIGTERM. @returns the exit code */
  terminate(): Promise<number | null>;
}

/** Unpacks the bundle, and starts what its Procfile names. Whatever is left running ends after the tests of the file. */
export function appProcesses() {
  const running: ChildProcess[] = [];
  afterAll(() => {
    for (const child of running) child.kill("SIGKILL");
  });
  return async (name: string, folder: string, variables: Readonly<Record<string, string>>): Promise<AppProcess> => {
    const { zipPath } = await bundleApp(name);
    for (const [file, bytes] of Object.entries(unzipSync(readFileSync(zipPath)))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), bytes);
    }
    const [, command = "", ...args] = readFileSync(join(folder, "Procfile"), "utf8").trim().split(" ");
    const child = spawn(command, args, {
      cwd: folder,
      // Nothing of the repository, and no AWS.
      env: {
        PATH: process.env.PATH,
        // Any free one; it tells which.
        PORT: "0",
        AWS_ACCESS_KEY_ID: "x",
        AWS_SECRET_ACCESS_KEY: "x",
        ...variables,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.push(child);
    const written: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => written.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => written.push(chunk));
    const output = (): string => Buffer.concat(written).toString("utf8");
    let url = "";
    await until(`${name} is ready`, async () => {
      if (child.exitCode !== null) throw new Error(output());
      url = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(output())?.[1] ?? "";
      return url !== "" && (await httpRequest(`${url}/ready`).catch(() => undefined))?.statusCode === 200;
    });
    const terminate = async (): Promise<number | null> => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = (await ended) as [number | null];
      return code;
    };
    return { url, child, output, terminate };
  };
}
