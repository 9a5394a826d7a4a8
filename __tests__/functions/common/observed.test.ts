import type { Context } from "aws-lambda";
import type { FunctionLog } from "../../../functions/common/log";
import type { Meter } from "../../../functions/common/meter";
import { observed } from "../../../functions/common/observed";

const context = { awsRequestId: "1" } as Context;

function observers() {
  const seen: unknown[] = [];
  const functionLog: FunctionLog = {
    log: (...line) => seen.push(line),
    begin: ({ awsRequestId }) => seen.push(["begin", awsRequestId]),
  };
  const meter = { begin: () => seen.push("metrics begin") } as unknown as Meter;
  return { seen, functionLog, meter };
}

it("lines and metrics belong to the call", async () => {
  const { seen, ...tellers } = observers();
  const handler = observed(tellers, async (event: string, { awsRequestId }) => `${event} ${awsRequestId}`);
  expect(await handler("event", context)).toBe("event 1");
  expect(seen).toEqual([["begin", "1"], "metrics begin"]);
});

it("a call that fails as a whole says why, and fails", async () => {
  const { seen, functionLog } = observers();
  const handler = observed({ functionLog }, async () => {
    throw new TypeError("first line\nsecond line");
  });
  await expect(handler("event", context)).rejects.toThrow(TypeError);
  expect(seen).toEqual([
    ["begin", "1"],
    ["error", "call failed", { error: "TypeError", detail: "first line" }],
  ]);
});
