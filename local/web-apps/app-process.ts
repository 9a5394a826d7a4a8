import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { unzipSync } from "fflate";
import { awsEnvironment, type EmulatedAccount } from "../aws-environment";
import { freePort } from "../processes/ports";
import { type ServerProcess, ServerStartError, startServer } from "../processes/server-process";

export interface AppProcessProps {
  /** For messages: "Web app 1". */
  readonly title: string;
  /** The app's bundle is unpacked here; its log and port are kept beside it. */
  readonly folder: string;
  /** The bundle, a zip. */
  readonly bundle: Uint8Array;
  /** The deployed environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly account: EmulatedAccount;
  /** Told what is waited for. */
  readonly log: (message: string) => void;
}

/** An app that runs. */
export interface AppProcess extends ServerProcess {
  /** `http://127.0.0.1:<port>`; the same port as the last time on the same folder when it is still free. */
  readonly url: string;
}

/** How long an app may take to answer what is under way; the closing of a run waits no longer for anything. */
const endSeconds = 15;

/** MiniStack checks the signatures of signed URLs, with the secret of its own environment, which is this one. */
const emulatorSecret = "test";

/** What differs on this computer: no load balancer signs people in, no proxy is in front, and the broker takes no credentials. */
const here = {
  AUTHENTICATION: "none",
  PROXY_HOPS: "0",
  KAFKA_AUTH: "none",
  HOST: "127.0.0.1",
  SHUTDOWN_SECONDS: String(endSeconds),
  AWS_SECRET_ACCESS_KEY: emulatorSecret,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
} as const;

const startOn = async (props: AppProcessProps, port: number): Promise<AppProcess> => {
  const { title, folder, variables, account, log } = props;
  const code = join(folder, "code");
  const url = `http://127.0.0.1:${port}`;
  unpack(props.bundle, code);
  const [, command = "", ...args] = readFileSync(join(code, "Procfile"), "utf8").trim().split(" ");
  const server = await startServer({
    name: title,
    // The app runs on the Node that runs this.
    command: command === "node" ? process.execPath : command,
    args,
    env: { PATH: process.env.PATH ?? "", ...variables, ...awsEnvironment(account), ...here, PORT: String(port) },
    cwd: code,
    logFile: join(folder, "app.log"),
    isReady: async () => (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(10_000) })).ok,
    readySeconds: 60,
    stopSeconds: endSeconds + 2,
    log,
  });
  writeFileSync(join(folder, "port"), String(port));
  return { ...server, url };
};

/**
 * Runs a web app's bundle as Beanstalk does, by its Procfile, and resolves when it can do its work.
 * @throws ServerStartError when it does not come up
 */
export async function startAppProcess(props: AppProcessProps): Promise<AppProcess> {
  const preferred = lastPort(props.folder);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(props, await freePort(preferred));
    } catch (error) {
      const taken = error instanceof ServerStartError && error.log.includes("EADDRINUSE");
      if (!taken || attempt === 3) throw error;
    }
  }
}

function lastPort(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, "port"), "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function unpack(bundle: Uint8Array, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(unzipSync(bundle))) {
    const file = resolve(folder, name);
    if (!file.startsWith(resolve(folder) + sep)) throw new Error(`The bundle holds ${name}, which leaves its folder.`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
