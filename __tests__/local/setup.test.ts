import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../../local/processes/process-identity";
import { makeSetupFolder } from "../fixtures/setup-folder";
import { until } from "../fixtures/until";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder as a fresh clone has it, and a PATH that holds nothing but stand-ins for the tools. */
const freshClone = (tools?: readonly string[]) => {
  const made = makeSetupFolder(tools);
  folders.push(made.root);
  return made;
};

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const start = (clone: ReturnType<typeof freshClone>, env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, [join(clone.root, "local/setup.mjs"), "start"], { env: { ...clone.env, ...env } });

const resultOf = async (child: ChildProcess): Promise<Result> => {
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = await once(child, "close");
  return { code: code as number | null, out, err };
};

const setUp = (clone: ReturnType<typeof freshClone>, env?: Record<string, string>): Promise<Result> =>
  resultOf(start(clone, env));

const inTime = (out: string): string => out.replaceAll(/ +\d+\.\d s/g, " <time>");

/** Waits until the stand-in of pip hangs, and answers its process id. */
const hangingPip = async (root: string): Promise<number> => {
  const file = join(root, "pip-pid");
  await until("pip was called", () => existsSync(file));
  return Number(readFileSync(file, "utf8"));
};

const pythonMissing =
  "Python is missing: install Python 3.10 or newer, for example with: apt-get install python3 python3-venv (Debian, Ubuntu) or: brew install python (macOS)\n";
const terraformHelp =
  "install Terraform 1.10 or newer (https://developer.hashicorp.com/terraform/install), or name another binary in TERRAFORM_BINARY_NAME, for example tofu\n";

describe("what has to be on the computer", () => {
  test("names every missing tool at once, one line each, and makes nothing", async () => {
    const clone = freshClone(["npm"]);
    const { code, out, err } = await setUp(clone);
    expect(err).toBe(`${pythonMissing}Terraform is missing (no command terraform): ${terraformHelp}`);
    expect(out).toBe("");
    expect(code).toBe(1);
    expect(existsSync(join(clone.root, ".cache"))).toBe(false);
  });

  test("tells which package holds Python's venv module when it is missing", async () => {
    const { code, err } = await setUp(freshClone(), { FAKE_PYTHON: "3.12.1 ensurepip" });
    expect(err).toBe(
      "Python's venv module is missing (ensurepip): install it, for example with: apt-get install python3-venv (Debian, Ubuntu)\n",
    );
    expect(code).toBe(1);
  });

  test("refuses a Python and a Terraform that are too old", async () => {
    const { code, err } = await setUp(freshClone(), { FAKE_PYTHON: "3.9.18", FAKE_TERRAFORM: "1.9.8" });
    expect(err).toBe(
      `Python 3.9.18 is too old: install Python 3.10 or newer, for example with: apt-get install python3 python3-venv (Debian, Ubuntu) or: brew install python (macOS)\nTerraform 1.9.8 (terraform) is too old: ${terraformHelp}`,
    );
    expect(code).toBe(1);
  });

  test("takes the binary that TERRAFORM_BINARY_NAME names", async () => {
    const clone = freshClone(["npm", "python3", "tofu"]);
    expect((await setUp(clone, { TERRAFORM_BINARY_NAME: "tofu" })).code).toBe(0);
    expect((await setUp(clone)).err).toBe(`Terraform is missing (no command terraform): ${terraformHelp}`);
  });
});

describe("what is made", () => {
  test("makes everything once, with one line a step, and is silent when nothing is to do", async () => {
    const clone = freshClone();
    const first = await setUp(clone);
    expect(first.err).toBe("");
    expect(first.code).toBe(0);
    expect(inTime(first.out).trimEnd().split("\n").sort()).toEqual([
      "Setting up what npm start needs (the first time takes about a minute)",
      "✓ Apache Kafka <time>",
      "✓ Function bundles <time>",
      "✓ Photographs <time>",
      "✓ Python environment <time>",
      "✓ npm packages <time>",
    ]);
    expect(readdirSync(join(clone.root, ".cache")).sort()).toEqual(["functions", "kafka", "photographs", "python"]);
    expect(readdirSync(join(clone.root, ".cache/kafka"))).toEqual([".inputs", "jars"]);
    expect(readdirSync(join(clone.root, ".cache/photographs")).sort()).toEqual([".inputs", "cat.png", "credits.json"]);
    expect(JSON.parse(readFileSync(join(clone.root, ".cache/photographs/credits.json"), "utf8"))).toEqual([
      {
        file: "cat.png",
        requirement: "pictures==1.0.0",
        path: "pictures/data/cat.png",
        shows: "a cat",
        author: "somebody",
        licence: "CC0 1.0",
        source: "https://example.com",
      },
    ]);

    clone.forgetCalls();
    expect(await setUp(clone)).toEqual({ code: 0, out: "", err: "" });
    // Nothing is called but what tells the versions.
    expect(clone.calls().filter((call) => /-m|ci|run/.test(call))).toEqual([]);
  });

  test.each([
    ["the lock file", "package-lock.json", "npm packages"],
    ["requirements.txt", "local/requirements.txt", "Python environment"],
    ["a function's source", "functions/code.ts", "Function bundles"],
    ["a settings schema", "environments/settings/common.ts", "Function bundles"],
    ["an environment, which may name other code", "environments/dev.yaml", "Function bundles"],
    ["the list of photographs", "local/photographs.md", "Photographs"],
  ])("makes only what depends on it anew when %s changes", async (_, file, step) => {
    const clone = freshClone();
    await setUp(clone);
    clone.change(file);
    const { code, out } = await setUp(clone);
    expect(code).toBe(0);
    const lines = inTime(out).trimEnd().split("\n").slice(1);
    expect(lines).toContain(`✓ ${step} <time>`);
    expect(lines.filter((line) => file !== "package-lock.json" || !line.includes("Function bundles"))).toHaveLength(1);
  });

  test("does not miss packages that npm leaves out on this platform, but does miss all others", async () => {
    const clone = freshClone();
    await setUp(clone, { FAKE_NPM_LEAVES_OUT: "node_modules/optional" });
    expect(await setUp(clone)).toEqual({ code: 0, out: "", err: "" });
    await setUp(clone);
    rmSync(join(clone.root, "node_modules"), { recursive: true });
    await setUp(clone, { FAKE_NPM_LEAVES_OUT: "node_modules/needed" });
    expect(inTime((await setUp(clone)).out)).toContain("✓ npm packages <time>");
  });
});

describe("when it goes wrong", () => {
  test("shows the end of what the failed tool printed, without a stack trace, and finishes the other steps", async () => {
    const clone = freshClone();
    const { code, out, err } = await setUp(clone, { FAKE_PIP_FAILS: "No matching distribution found for ministack" });
    const python = join(clone.root, ".cache/python/bin/python");
    expect(err).toBe(
      `Python environment: ${python} -m pip install --quiet --disable-pip-version-check -r ${join(clone.root, "local/requirements.txt")} ended with exit code 1:\n  No matching distribution found for ministack\n`,
    );
    expect(inTime(out)).toContain("✗ Python environment <time>");
    expect(inTime(out)).toContain("✓ Function bundles <time>");
    expect(code).toBe(1);
    expect((await setUp(clone)).code).toBe(0);
  });

  test.each(["SIGTERM", "SIGKILL"] as const)("makes a half-made Python environment anew after %s", async (signal) => {
    const clone = freshClone();
    const interrupted = start(clone, { FAKE_PIP_HANGS: "yes" });
    const result = resultOf(interrupted);
    const pip = await hangingPip(clone.root);
    interrupted.kill(signal);
    expect((await result).code).toBe(signal === "SIGTERM" ? 143 : null);
    // Nothing of the interrupted run is left to write into the new environment.
    await until("pip has ended", () => !isRunning(pip));
    expect(existsSync(join(clone.root, ".cache/python/bin/python"))).toBe(true);
    writeFileSync(join(clone.root, ".cache/python/left-over"), "");

    const { code, err, out } = await setUp(clone);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(inTime(out)).toContain("✓ Python environment <time>");
    expect(existsSync(join(clone.root, ".cache/python/left-over"))).toBe(false);
  });

  test("waits for another set-up of the same folder", async () => {
    const clone = freshClone();
    const first = start(clone, { FAKE_PIP_HANGS: "1" });
    const firstResult = resultOf(first);
    await hangingPip(clone.root);
    const second = start(clone);
    const secondResult = resultOf(second);
    await once(second.stdout ?? second, "data");
    first.kill("SIGTERM");
    await firstResult;
    const { code, out } = await secondResult;
    expect(code).toBe(0);
    expect(out).toContain(`Waiting for another set-up of this folder (process ${first.pid})`);
  });
});
