import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noteServer, waitForEarlierServers } from "../../../../local/demo/run/earlier-servers";
import { prepareFolder } from "../../../../local/demo/run/prepare-folder";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "darkroom-local-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const prepare = (fresh: boolean) =>
  prepareFolder({ own: [at("state"), at("kafka")], plans: at("plans"), deployed: at("deployed"), fresh });
const fill = () => {
  for (const name of ["state", "kafka", "plans", "terraform"]) mkdirSync(at(name));
  for (const name of ["local-data.txt", "prod-data.txt"]) writeFileSync(join(at("plans"), name), "");
};

it("finds a new folder", () => {
  expect(prepare(false)).toBe("new");
});

it("keeps an account that was applied as a whole", () => {
  fill();
  writeFileSync(at("deployed"), "");
  expect(prepare(false)).toBe("kept");
  expect(existsSync(at("state"))).toBe(true);
});

it.each([
  ["when asked", true, true],
  ["when its first apply was stopped", false, false],
])("forgets the account %s, and leaves what is not its own", (_, fresh, deployed) => {
  fill();
  if (deployed) writeFileSync(at("deployed"), "");
  expect(prepare(fresh)).toBe("forgotten");
  const left = ["state", "kafka", "deployed", "plans/local-data.txt", "plans/prod-data.txt", "terraform"].filter(
    (name) => existsSync(at(name)),
  );
  expect(left).toEqual(["plans/prod-data.txt", "terraform"]);
});

it("waits until the servers of a run that was killed have ended", async () => {
  const server = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  noteServer(at("servers.json"), "Kafka", server.pid ?? 0);
  const notes: string[] = [];
  await waitForEarlierServers(at("servers.json"), (text) => {
    if (notes.push(text) === 1) server.kill("SIGKILL");
  });
  if (server.signalCode === null) await once(server, "exit");
  expect(notes[0]).toBe(`waiting for Kafka (process ${server.pid}) of an earlier run to end`);
  expect(existsSync(at("servers.json"))).toBe(false);
});
