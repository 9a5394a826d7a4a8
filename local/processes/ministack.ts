import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { freePort } from "./ports";
import { type ServerProcess, ServerStartError, startServer } from "./server-process";
import { pythonPath } from "./tools";

/** How the emulated AWS account is started. */
export interface MinistackProps {
  /** Everything the account holds is kept here between runs: control plane, objects, code of functions, log. */
  readonly stateFolder: string;
  /** Port on 127.0.0.1. Any free one when left out. */
  readonly port?: number;
  /** `host:port` that MSK's GetBootstrapBrokers answers. */
  readonly kafkaBootstrap?: string;
  /** Endpoint that the functions call as AWS. The account itself when left out. */
  readonly functionsEndpoint?: string;
  /** Seconds after a change until the state is on disk by itself; writing it takes longer the more objects there are. @default 5 */
  readonly saveIntervalSeconds?: number;
  /** Told what is waited for. */
  readonly log: (message: string) => void;
}

/** The running emulated account. */
export interface Ministack extends ServerProcess {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** Resolves when everything done so far is on disk, so that it survives {@link ServerProcess.kill}. */
  save(): Promise<void>;
}

/** Functions inherit this environment as a whole, so it holds nothing of the computer's own but what they run on. */
const environment = (
  { stateFolder, kafkaBootstrap, functionsEndpoint, saveIntervalSeconds = 5 }: MinistackProps,
  port: number,
  instance: string,
) => ({
  // The functions run on the Node that runs this.
  PATH: [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
  HOME: stateFolder,
  TMPDIR: join(stateFolder, "tmp"),
  LANG: "C.UTF-8",
  BIND_HOST: "127.0.0.1",
  GATEWAY_PORT: String(port),
  MINISTACK_HOST: "127.0.0.1",
  PERSIST_STATE: "1",
  STATE_DIR: join(stateFolder, "state"),
  S3_PERSIST: "1",
  S3_DATA_DIR: join(stateFolder, "s3"),
  DARKROOM_SAVE_INTERVAL_SECONDS: String(saveIntervalSeconds),
  DARKROOM_INSTANCE: instance,
  LAMBDA_EXECUTOR: "local",
  // A socket that does not exist: Docker is left alone even where there is one.
  DOCKER_HOST: `unix://${join(stateFolder, "no-docker.sock")}`,
  // Both listen on a port of their own, which nothing here uses.
  IOT_MTLS_ENABLED: "0",
  SFTP_ENABLED: "0",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONUNBUFFERED: "1",
  ...(kafkaBootstrap === undefined ? {} : { MINISTACK_MSK_BOOTSTRAP: kafkaBootstrap }),
  ...(functionsEndpoint === undefined ? {} : { AWS_ENDPOINT_URL: functionsEndpoint }),
});

const startOn = async (props: MinistackProps, port: number): Promise<Ministack> => {
  const stateFolder = resolve(props.stateFolder);
  const endpoint = `http://127.0.0.1:${port}`;
  const instance = randomUUID();
  // Unpacked functions of a run that crashed.
  rmSync(join(stateFolder, "tmp"), { recursive: true, force: true });
  mkdirSync(join(stateFolder, "tmp"), { recursive: true });
  const server = await startServer({
    name: "MiniStack",
    command: pythonPath(),
    args: [resolve(__dirname, "ministack_main.py")],
    env: environment({ ...props, stateFolder }, port, instance),
    cwd: stateFolder,
    logFile: join(stateFolder, "ministack.log"),
    isReady: async () => {
      const signal = AbortSignal.timeout(10_000);
      return (await (await fetch(`${endpoint}/_darkroom/instance`, { signal })).text()) === instance;
    },
    readySeconds: 60,
    stopSeconds: 20,
    log: props.log,
  });
  const save = async (): Promise<void> => {
    const answer = await fetch(`${endpoint}/_darkroom/save`, { method: "POST" });
    if (!answer.ok) throw new Error(`MiniStack could not save its state: ${answer.status} ${await answer.text()}`);
  };
  return { ...server, endpoint, save };
};

/**
 * Starts the emulated AWS account and resolves when it answers. Whoever signs with an access key of 12 digits works in the
 * account of that number. Throws {@link ServerStartError} when it does not come up.
 */
export const startMinistack = async (props: MinistackProps): Promise<Ministack> => {
  if (props.port !== undefined) return startOn(props, props.port);
  for (let attempt = 1; ; attempt++)
    try {
      return await startOn(props, await freePort());
    } catch (error) {
      const taken = error instanceof ServerStartError && error.log.includes("already in use");
      if (!taken || attempt === 3) throw error;
    }
};
