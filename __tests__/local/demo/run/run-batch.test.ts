import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { runBatch } from "../../../../local/demo/run/run-batch";

/** Step Functions as far as the run asks it: each execution has ended with the next of the given answers. */
function stepFunctions(answers: object[]): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end(JSON.stringify(answers.length > 1 ? answers.shift() : answers[0])));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const held = { status: "SUCCEEDED", output: '{"heldBy":{"execution":{"S":"the schedule\'s run"}}}' };
const done = { status: "SUCCEEDED", output: "{}" };
const failed = { status: "FAILED", error: "BatchFailed", cause: "too many" };

async function outcome(answers: object[], pending: number[]) {
  const server = await stepFunctions(answers);
  const notes: string[] = [];
  const { port } = server.address() as AddressInfo;
  let started = 0;
  const props = {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      region: "eu-central-1",
      credentials: { accessKeyId: "111122223333", secretAccessKey: "local" },
    },
    store: {
      list: async () => {
        const left = pending.length > 1 ? pending.shift() : pending[0];
        return Array.from({ length: left ?? 0 }, (_, index) => ({
          key: `pending/${index}`,
          lastModified: new Date(0),
          sizeBytes: 1,
          etag: "",
        }));
      },
    },
    uploadsBucket: "uploads",
    start: async () => `run ${++started}`,
    signal: new AbortController().signal,
  };
  try {
    const error = await runBatch(props, (note) => notes.push(note)).then(
      () => undefined,
      (reason: Error) => reason.message,
    );
    return { notes, started, error };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it("waits while the schedule's own run holds the lock, which is no failure", async () => {
  const result = await outcome([held, done], [3, 0]);
  expect(result).toEqual({
    started: 2,
    error: undefined,
    notes: ["waiting for another run that holds the lock", "3 uploads taken in one run"],
  });
});

it("gives up after three runs that fail, and says why", async () => {
  const { started, error } = await outcome([failed], [2]);
  expect(started).toBe(3);
  expect(error).toBe("After 3 runs of the batch 2 uploads are still pending. run 3: FAILED: BatchFailed: too many");
});
