import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../../../local/processes/process-identity";
import { startWebApp, type WebApp, type WebAppProps } from "../../../local/web-apps/web-app";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { until } from "../../fixtures/until";
import { deployedApps } from "./deployed-apps";

const temporaryFolder = temporaryFolders();
let deployed: Awaited<ReturnType<typeof deployedApps>>;
const started: WebApp[] = [];

beforeAll(async () => {
  deployed = await deployedApps();
});
afterEach(async () => {
  for (const app of started.splice(0)) await app.stop();
});
afterAll(() => deployed?.stop());

async function start(name: string, change: Partial<WebAppProps> = {}) {
  const pids: number[] = [];
  const said: string[] = [];
  const app = await startWebApp({
    title: "Web app",
    name,
    folder: temporaryFolder(),
    account: deployed.account,
    log: (message) => said.push(message),
    onProcess: (pid) => pids.push(pid),
    watchMilliseconds: 100,
    ...change,
  });
  started.push(app);
  return { app, pids, said };
}

const limits = async (url: string) => (await (await fetch(`${url}/limits`)).json()) as Record<string, unknown>;

it.each(["stream", "upload"])(
  "runs the deployed version of %s with the deployed variables, without sign-in",
  async (name) => {
    const folder = temporaryFolder();
    const { app, said } = await start(name, { folder });
    expect(new URL(app.url).hostname).toBe("127.0.0.1");
    expect(await limits(app.url)).toMatchObject({ mostBytes: 8_000_000 });
    expect(await (await fetch(app.url)).text()).toContain("<!doctype html>");
    expect(said).toEqual([`Web app: version one on ${app.url}`]);
    expect(readFileSync(join(folder, "app.log"), "utf8")).toContain(`"environment":"local"`);
  },
);

it("runs an app anew, at the same address, when its variables are deployed anew", async () => {
  const { app, pids } = await start("upload");
  await deployed.set("upload", { PROCESSED_DAYS: "10" });
  await until("the new days are told", async () => {
    const told = await limits(app.url).catch(() => undefined);
    return told?.processedDays === 10 && pids.length === 2;
  });
  expect(pids.map((pid) => isRunning(pid))).toEqual([false, true]);
});

it("comes back on its port on the same folder", async () => {
  const folder = temporaryFolder();
  const { app } = await start("upload", { folder });
  await app.stop();
  expect((await start("upload", { folder })).app.url).toBe(app.url);
});

it("tells when the app has ended by itself, and not when it was stopped", async () => {
  const { app, pids } = await start("upload");
  process.kill(-(pids[0] ?? 0), "SIGKILL");
  await app.ended;
  const other = await start("upload");
  let ended = false;
  void other.app.ended.then(() => {
    ended = true;
  });
  await other.app.stop();
  expect(other.pids.map((pid) => isRunning(pid))).toEqual([false]);
  expect(ended).toBe(false);
});

it("says so when the account has no such app", async () => {
  await expect(start("nothing")).rejects.toThrow("The account has no web app nothing. Run: npm run apply -- local");
});

it("says what the app says when its variables are wrong", async () => {
  await deployed.set("upload", { PROCESSED_DAYS: "many" });
  const wrong = start("upload");
  await expect(wrong).rejects.toThrow(
    'PROCESSED_DAYS: expected a whole number of days from 1 to 3650, but got "many". Set the environment variables and start it again.',
  );
  await deployed.set("upload", { PROCESSED_DAYS: "30" });
});
