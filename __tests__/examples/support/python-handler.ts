import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { repositoryFolder } from "../../../environments/repository";
import type { RemoteAnswer } from "../../../functions/common/remote-process";
import { pythonPath } from "../../../local/processes/tools";

/** Calls the handler as Lambda's runtime does: an event a line in, an answer or an error a line out. */
const runtime = `
import json, sys
from app.handler import handler
for line in sys.stdin:
    try:
        answer = {"failed": False, "payload": json.dumps(handler(json.loads(line), None))}
    except Exception as error:
        answer = {"failed": True, "payload": json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})}
    print(json.dumps(answer), flush=True)
`;

/** The example's handler in the real Python, for the tests of a file. */
export function pythonHandler(): (payload: string) => Promise<RemoteAnswer> {
  let child: ChildProcess | undefined;
  let lines: AsyncIterator<string> | undefined;
  beforeAll(() => {
    const cwd = join(repositoryFolder(), "examples/python");
    child = spawn(pythonPath(), ["-c", runtime], {
      cwd,
      env: { PYTHONDONTWRITEBYTECODE: "1", LANG: "C.UTF-8" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    if (child.stdout) lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  });
  afterAll(() => {
    child?.kill();
  });
  return async (payload) => {
    child?.stdin?.write(`${payload}\n`);
    return JSON.parse((await lines?.next())?.value ?? "{}") as RemoteAnswer;
  };
}
