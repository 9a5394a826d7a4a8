import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsCommand } from "../../environments/cli";
import { repositoryFolder } from "../../environments/repository";
import { editedText, today } from "./edited";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
  writeFileSync(join(folder, "good.yaml"), editedText());
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exitCode: typeof process.exitCode;
}

/** Runs the command within this process, on the day of the tests. */
function run(...args: string[]): Outcome {
  const out = jest.spyOn(console, "log").mockImplementation();
  const err = jest.spyOn(console, "error").mockImplementation();
  const before = process.exitCode;
  try {
    settingsCommand(today).parse([...args, "--folder", folder], { from: "user" });
    const text = (spy: jest.SpyInstance) =>
      spy.mock.calls
        .map(([line]) => line)
        .join("\n")
        .replaceAll(`${folder}/`, "");
    return { out: text(out), err: text(err), exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    jest.restoreAllMocks();
  }
}

const fine =
  "good.yaml: fine; next runs Monday, 19 January 2026 at 04:05; Tuesday, 20 January 2026 at 04:05; Monday, 26 January 2026 at 04:05 (Europe/Berlin)";

it("says that an environment is fine and when its batch runs next", () => {
  expect(run("check", "good")).toEqual({ out: fine, err: "", exitCode: undefined });
});

it("prints warnings below the environment and succeeds", () => {
  writeFileSync(join(folder, "good.yaml"), editedText(["maxPollers: 2", "maxPollers: 5"]));
  const { out, exitCode } = run("check");
  expect(out.split("\n")[1]).toMatch(/^ {2}warning: streaming\.consumer\.maxPollers: 5 pollers/);
  expect(exitCode).toBeUndefined();
});

it("says so when the batch is switched off", () => {
  writeFileSync(join(folder, "good.yaml"), editedText(["enabled: true", "enabled: false"]));
  expect(run("check").out).toBe("good.yaml: fine; no runs, schedule.enabled is false");
});

it("prints faults to the error stream, the sound environments beside, and ends with 1", () => {
  writeFileSync(join(folder, "bad.yaml"), editedText(["processedDays: 30", "processedDays: 0"]));
  expect(run("check")).toEqual({
    out: fine,
    err: "bad.yaml:12:18 retention.processedDays: expected a whole number of days from 1 to 3650, but got 0 (number). Write 1 or more.",
    exitCode: 1,
  });
});

it("prints one JSON object when asked", () => {
  writeFileSync(join(folder, "bad.yaml"), editedText(["processedDays: 30", "processedDays: 0"]));
  const { out, exitCode } = run("check", "--json");
  expect(JSON.parse(out)).toEqual({
    environments: [
      {
        name: "good",
        file: "good.yaml",
        timeZone: "Europe/Berlin",
        nextRuns: ["2026-01-19T03:05:00.000Z", "2026-01-20T03:05:00.000Z", "2026-01-26T03:05:00.000Z"],
        warnings: [],
      },
    ],
    faults: [
      {
        file: "bad.yaml",
        line: 12,
        column: 18,
        path: "retention.processedDays",
        expected: "a whole number of days from 1 to 3650",
        came: "got 0 (number)",
        toDo: "Write 1 or more.",
      },
    ],
  });
  expect(exitCode).toBe(1);
});

const cli = ["node_modules/tsx/dist/cli.mjs", "environments/cli.ts"];

it("ends with 1 and one line, without a stack, when the folder is not there", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...cli, "check", "--folder", join(folder, "nowhere")],
    {
      cwd: repositoryFolder(),
      encoding: "utf8",
    },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: `${join(folder, "nowhere")}: there is no such folder. Name one that has environment files.\n`,
  });
});

it("explains itself", () => {
  const help = execFileSync(process.execPath, [...cli, "--help"], { cwd: repositoryFolder(), encoding: "utf8" });
  expect(help).toContain("Check the environment files and write their JSON Schema.");
  expect(help).toMatch(/check \[options\] \[environment\]\s+Check one environment file, or all/);
});
