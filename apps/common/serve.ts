import type { FastifyInstance } from "fastify";
import type { CommonSettings } from "./common-settings";
import { SettingsFaults } from "./settings";

/**
 * Listens, and ends in order on SIGTERM or SIGINT: no new connections, requests under way are answered, then what the app
 * does on close (`onClose` hooks). Ends with code 1 when that takes longer than `SHUTDOWN_SECONDS`.
 */
export async function serve(app: FastifyInstance, settings: CommonSettings): Promise<void> {
  const { PORT: port, HOST: host, SHUTDOWN_SECONDS: seconds } = settings;
  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    if (ending) return;
    ending = true;
    app.log.info({ signal }, "ending");
    setTimeout(() => {
      app.log.error(`did not end within ${seconds} s`);
      process.exit(1);
    }, seconds * 1000).unref();
    app.close().then(
      () => app.log.info("ended"),
      (error: unknown) => {
        app.log.error({ err: error }, "did not end in order");
        process.exitCode = 1;
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);
  await app.listen({ port, host });
}

/** Runs an app's start. A fault of the settings is one line and no stack trace. */
export function start(name: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof SettingsFaults ? `${name}: ${error.message}` : error);
    process.exitCode = 1;
  });
}
