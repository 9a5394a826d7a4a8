import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { isRunning } from "../../../local/processes/process-identity";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { until } from "../../fixtures/until";

const temporaryFolder = temporaryFolders();

const isListening = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
    socket.once("close", () => done(false));
    socket.once("connect", () => socket.destroy());
  });

test("MiniStack and Kafka end when whoever started them is killed with SIGKILL", async () => {
  const fixture = resolve(__dirname, "../../fixtures/start-both.ts");
  const starter = spawn(process.execPath, ["--import", "tsx", fixture, join(temporaryFolder(), "state")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(starter, "exit");
  const ended = exit.then(([code]) => Promise.reject(new Error(`the starter ended with ${code}`)));
  let told: { readonly pids: number[]; readonly ports: number[] };
  try {
    const [line] = await Promise.race([once(createInterface(starter.stdout), "line"), ended]);
    told = JSON.parse(String(line));
    for (const pid of told.pids) expect(isRunning(pid)).toBe(true);
    for (const port of told.ports) expect(await isListening(port)).toBe(true);
  } finally {
    starter.kill("SIGKILL");
    await exit;
  }
  const { pids, ports } = told;
  for (const pid of pids) await until(`process ${pid} has ended`, () => !isRunning(pid));
  for (const port of ports) await until(`port ${port} is free`, async () => !(await isListening(port)));
});
