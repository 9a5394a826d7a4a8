import { ElasticBeanstalkClient } from "@aws-sdk/client-elastic-beanstalk";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../../gitops/user-error";
import type { EmulatedAccount } from "../aws-environment";
import { watch } from "../watch";
import { type AppProcess, type AppProcessProps, startAppProcess } from "./app-process";
import { type DeployedApp, readDeployedApp } from "./deployed-app";

export interface WebAppProps extends Pick<AppProcessProps, "title" | "folder" | "account"> {
  /** Of Beanstalk's application, and of its environment. */
  readonly name: string;
  /** Told what is done, and met with. */
  readonly log: (message: string) => void;
  /** Told the process group of each process that is started. */
  readonly onProcess?: (pid: number) => void;
  /** @default 2000 */
  readonly watchMilliseconds?: number;
}

/** A web app that runs as it is deployed. */
export interface WebApp {
  /** `http://127.0.0.1:<port>`; it stays when the app is deployed anew. */
  readonly url: string;
  /** Resolves when the app has ended by itself. */
  readonly ended: Promise<void>;
  /** Lets it answer what is under way, and ends it. */
  stop(): Promise<void>;
}

interface Running {
  readonly deployed: string;
  readonly process: AppProcess;
}

const clientsOf = ({ endpoint, account, region }: EmulatedAccount) => {
  const aws = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: "local" } };
  return { beanstalk: new ElasticBeanstalkClient(aws), s3: new S3Client({ ...aws, forcePathStyle: true }) };
};

/**
 * Runs a web app as Elastic Beanstalk would: the deployed version with the deployed variables, and anew when either changes.
 * @throws UserError when the account has no such app, ServerStartError when it does not come up
 */
export async function startWebApp(props: WebAppProps): Promise<WebApp> {
  const { name, title, log, watchMilliseconds = 2000 } = props;
  const { beanstalk, s3 } = clientsOf(props.account);
  let running: Running | undefined;
  let endedByItself = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    endedByItself = resolve;
  });

  const begin = async ({ bundle, variables, label }: DeployedApp): Promise<AppProcess> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bundle.bucket, Key: bundle.key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const process = await startAppProcess({ ...props, bundle: bytes, variables });
    props.onProcess?.(process.pid);
    log(`${title}: version ${label} on ${process.url}`);
    return process;
  };
  const run = async (app: DeployedApp): Promise<AppProcess> => {
    const one = { deployed: JSON.stringify(app), process: await begin(app) };
    running = one;
    void one.process.ended.then(() => running === one && endedByItself());
    return one.process;
  };
  const end = async (): Promise<void> => {
    const last = running;
    running = undefined;
    await last?.process.stop();
  };

  const first = await readDeployedApp(beanstalk, name);
  if (first === undefined) throw new UserError(`The account has no web app ${name}. Run: npm run apply -- local`);
  const { url } = await run(first);
  const follow = async (): Promise<void> => {
    const app = await readDeployedApp(beanstalk, name);
    if (app === undefined || JSON.stringify(app) === running?.deployed) return;
    await end();
    await run(app);
  };
  const watching = watch(follow, watchMilliseconds, (error) => log(`${title}: cannot be deployed: ${error}`));
  return {
    url,
    ended,
    async stop() {
      await watching.stop();
      await end();
      beanstalk.destroy();
      s3.destroy();
    },
  };
}
