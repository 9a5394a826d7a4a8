import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { bundleApp } from "../../../apps/bundle/bundle";
import { webApps } from "../../../apps/bundle/paths";
import { temporaryFolders } from "../../fixtures/temporary-folder";

const folder = temporaryFolders();
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

const variables = {
  ENVIRONMENT: "test",
  AUTHENTICATION: "none",
  PORT: "0",
  UPLOADS_BUCKET: "uploads",
  PROCESSED_BUCKET: "processed",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  SCHEDULE_ENABLED: "true",
  SCHEDULE_EXPRESSION: "cron(30 3 * * ? *)",
  SCHEDULE_TIME_ZONE: "Europe/Berlin",
  PROCESSED_DAYS: "30",
};

/** Unpacks the bundle into a folder of its own, as an instance does, and starts it there by what its Procfile says. */
async function startUnpacked(env: Record<string, string>): Promise<ChildProcess> {
  const root = folder();
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync((await bundleApp("upload")).zipPath)))) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), bytes);
  }
  const [, command = "", ...rest] = readFileSync(join(root, "Procfile"), "utf8").trim().split(" ");
  const child = spawn(command, rest, { cwd: root, env: { PATH: process.env.PATH, ...env } });
  started.push(child);
  return child;
}

it("is made for web app 2, byte for byte the same each time", async () => {
  expect(webApps()).toContain("upload");
  const first = await bundleApp("upload");
  const bytes = readFileSync(first.zipPath);
  expect((await bundleApp("upload")).sha256).toBe(first.sha256);
  expect(readFileSync(first.zipPath)).toEqual(bytes);
});

it("runs in a folder of its own, without node_modules, and ends in order on SIGTERM", async () => {
  const child = await startUnpacked(variables);
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    for (const output of [child.stdout, child.stderr]) {
      output?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const found = /Server listening at (http:[^"]+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
    }
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
  for (const path of ["/", "/pictures.html", "/upload-page.js", "/base.css", "/icon.svg"]) {
    expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
  }
  child.removeAllListeners("exit");
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

it("says in one line what is missing, without a stack trace", async () => {
  const child = await startUnpacked({ ...variables, UPLOADS_BUCKET: "" });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await once(child, "close")).toEqual([1, null]);
  expect(said).toContain("upload: The app cannot start. UPLOADS_BUCKET: expected the name of the uploads bucket");
  expect(said).not.toContain("    at ");
});
