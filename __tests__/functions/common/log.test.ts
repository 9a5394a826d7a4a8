import type { Context } from "aws-lambda";
import { createLog, errorFields } from "../../../functions/common/log";
import { linesOf } from "./lines";

const context = {
  functionName: "darkroom-prod-stream",
  memoryLimitInMB: "2048",
  invokedFunctionArn: "arn:aws:lambda:eu-central-1:000000000000:function:darkroom-prod-stream",
  awsRequestId: "6bf5b3f0-b4a5-4f0e-9f3a-0f6ac0d0a5b1",
} as Context;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date("2026-02-01T10:00:00Z") });
});

afterEach(() => jest.useRealTimers());

it("is one line of JSON an event, with the call it belongs to", () => {
  const lines = linesOf(() => {
    const { log, begin } = createLog({ environment: "prod", function: "stream" });
    log("info", "before any call");
    begin(context);
    log("warn", "image refused", { imageId: "one", reason: "empty", sizeBytes: 0, again: false, nothing: undefined });
  });
  expect(lines).toEqual([
    `{"level":"INFO","message":"before any call","timestamp":"2026-02-01T10:00:00.000Z","service":"darkroom",` +
      `"sampling_rate":0,"environment":"prod","function":"stream"}`,
    `{"level":"WARN","message":"image refused","timestamp":"2026-02-01T10:00:00.000Z","service":"darkroom",` +
      `"cold_start":false,"function_arn":"${context.invokedFunctionArn}","function_memory_size":"2048",` +
      `"function_name":"darkroom-prod-stream","function_request_id":"6bf5b3f0-b4a5-4f0e-9f3a-0f6ac0d0a5b1",` +
      `"sampling_rate":0,"environment":"prod","function":"stream","imageId":"one","reason":"empty","sizeBytes":0,"again":false}`,
  ]);
});

it("no text of a stranger ends its line, hides what follows or turns its direction", () => {
  const name = 'a\n{"level":"ERROR"}\r\u001b[2J\u202egpj.\u2028x\u0000\u200b';
  const [line = "", ...more] = linesOf(() => createLog({}).log("error", "image failed", { key: name }));
  expect(more).toEqual([]);
  expect(line).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(line)).toMatchObject({
    level: "ERROR",
    message: "image failed",
    key: 'a\\u{a}{"level":"ERROR"}\\u{d}\\u{1b}[2J\\u{202e}gpj.\\u{2028}x\\u{0}\\u{200b}',
  });
});

it("holds no more than 1024 characters of a field, and leaves letters of any script as they are", () => {
  const [line = ""] = linesOf(() => createLog({}).log("info", "x", { name: `写真é${"a".repeat(2000)}` }));
  expect(JSON.parse(line)).toMatchObject({ name: `写真é${"a".repeat(1021)}` });
});

it("holds of an error its name and the start of its first line", () => {
  expect(errorFields(new TypeError(`${"x".repeat(600)}\nsecond line`))).toEqual({
    error: "TypeError",
    detail: "x".repeat(500),
  });
  expect(errorFields("text")).toEqual({ error: "unknown" });
});

it("holds nothing that signs a request", () => {
  const url =
    "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA/x&X-Amz-Security-Token=abc&X-Amz-Signature=0123&x-id=Put";
  expect(errorFields(new Error(`no answer from "${url}" in time`))).toEqual({
    error: "Error",
    detail:
      'no answer from "https://b.s3.amazonaws.com/k?X-Amz-Credential=…&X-Amz-Security-Token=…&X-Amz-Signature=…&x-id=Put" in time',
  });
});
