import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isRunning } from "../../../local/processes/process-identity";
import { ServerStartError, startServer } from "../../../local/processes/server-process";
import { scripted } from "../../fixtures/scripted-server";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { until } from "../../fixtures/until";

const temporaryFolder = temporaryFolders();

const serve = "echo $$ > pid; echo > ready; while :; do sleep 0.05; done";
const pidIn = (folder: string, file = "pid"): number => Number(readFileSync(join(folder, file), "utf8"));

test("a server that ends before it answers is an error with the end of its log", async () => {
  const folder = temporaryFolder();
  const props = scripted(folder, "for i in $(seq 1 30); do echo line $i; done; echo no port left >&2; exit 3");
  const lines = Array.from({ length: 14 }, (_, index) => `  line ${index + 17}`);
  const tail = [...lines, "  no port left"].join("\n");
  await expect(startServer(props)).rejects.toThrow(
    new ServerStartError(`The server ended with exit code 3. The end of its log (${props.logFile}):\n${tail}`, tail),
  );
});

test("what a server said long before its end is in the error, though not in its message", async () => {
  const script = "echo Address already in use; for i in $(seq 1 30); do echo shutting down $i; done; exit 1";
  const error = await startServer(scripted(temporaryFolder(), script)).catch((thrown: unknown) => thrown);
  expect((error as ServerStartError).log).toMatch(/^Address already in use\nshutting down 1\n/);
  expect((error as ServerStartError).message).not.toContain("Address already in use");
});

test("a server that cannot be found is an error", async () => {
  const folder = temporaryFolder();
  await expect(startServer(scripted(folder, "", { command: "/no/such/server" }))).rejects.toThrow(
    /^The server ended with exit code 127\. The end of its log \(.*\):\n.*\/no\/such\/server: not found$/,
  );
});

test("a server that never answers is an error and is ended", async () => {
  const folder = temporaryFolder();
  const props = scripted(folder, "echo $$ > pid; while :; do sleep 0.05; done", { readySeconds: 1 });
  await expect(startServer(props)).rejects.toThrow(/^The server did not answer within 1 s\. The end of its log/);
  // On a busy computer it may have been ended before it said who it is.
  await until("the server has ended", () => !existsSync(join(folder, "pid")) || !isRunning(pidIn(folder)));
});

test("stop lets the server end in order", async () => {
  const folder = temporaryFolder();
  const server = await startServer(scripted(folder, `trap 'echo > in-order; exit 0' TERM; ${serve}`));
  await server.stop();
  expect(existsSync(join(folder, "in-order"))).toBe(true);
  expect(isRunning(pidIn(folder))).toBe(false);
  await server.stop();
});

test("stop kills a server that does not end in order", async () => {
  const folder = temporaryFolder();
  const server = await startServer(scripted(folder, `trap '' TERM; ${serve}`, { stopSeconds: 1 }));
  await server.stop();
  await until("the server has ended", () => !isRunning(pidIn(folder)));
});

test("kill ends the server at once, and what it started", async () => {
  const folder = temporaryFolder();
  const script = `trap 'echo > in-order; exit 0' TERM; sh -c 'echo $$ > child; exec sleep 100' & ${serve}`;
  const server = await startServer(scripted(folder, script));
  await until("its child runs", () => existsSync(join(folder, "child")) && pidIn(folder, "child") > 0);
  server.kill();
  await server.ended;
  for (const file of ["pid", "child"]) await until(`${file} has ended`, () => !isRunning(pidIn(folder, file)));
  expect(existsSync(join(folder, "in-order"))).toBe(false);
});

test("whoever starts a server learns that it has ended by itself", async () => {
  const folder = temporaryFolder();
  const server = await startServer(scripted(folder, "echo > ready; until [ -e leave ]; do sleep 0.05; done"));
  const ended = jest.fn();
  const seen = server.ended.then(ended);
  expect(ended).not.toHaveBeenCalled();
  await startServer(scripted(folder, "echo > leave; echo > ready; sleep 0.2", { logFile: join(folder, "other.log") }));
  await seen;
  expect(ended).toHaveBeenCalledTimes(1);
});

test("the server inherits nothing of this process's environment", async () => {
  const folder = temporaryFolder();
  process.env.DARKROOM_SECRET = "secret";
  const server = await startServer(
    scripted(folder, `env > environment; ${serve}`, { env: { PATH: "/usr/bin:/bin", A: "1" } }),
  );
  await server.stop();
  const names = readFileSync(join(folder, "environment"), "utf8")
    .split("\n")
    .map((line) => line.split("=")[0]);
  expect(names.sort()).toEqual(["", "A", "PATH", "PWD"]);
});

test.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
  "a server ends in order when its starter gets %s",
  async (signal) => {
    const folder = temporaryFolder();
    const fixture = resolve(__dirname, "../../fixtures/start-scripted-server.ts");
    const starter = spawn(process.execPath, ["--import", "tsx", fixture, folder], { stdio: "inherit" });
    await until("the server answers", () => existsSync(join(folder, "answers")));
    expect(isRunning(pidIn(folder))).toBe(true);
    starter.kill(signal);
    await once(starter, "exit");
    await until("the server has ended", () => !isRunning(pidIn(folder)));
    expect(existsSync(join(folder, "in-order"))).toBe(true);
  },
);
