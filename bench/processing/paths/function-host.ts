import { subscribe } from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import type { ClientRequest, IncomingMessage } from "node:http";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { peakMegabytes } from "../../../local/processes/peak-memory";
import type { HostCommand, HostUsage, S3Request } from "./host-usage";

/**
 * One Lambda execution environment: loads the function as deployed, out of its unpacked zip, and answers Lambda's Invoke
 * with it. It counts what it costs: processor time, memory, requests to S3.
 */
const [, , modulePath = "", functionSeconds = "60"] = process.argv;

let invocations = 0;
let busySeconds = 0;
let first: number | undefined;
let last = 0;
let requests: Record<S3Request, number> = noRequests();
let cpu = process.cpuUsage();

function noRequests(): Record<S3Request, number> {
  return { put: 0, copy: 0, get: 0, head: 0, delete: 0 };
}

subscribe("http.client.request.start", (message) => {
  const { request } = message as { readonly request: ClientRequest };
  const name = request.getHeader("x-amz-copy-source") === undefined ? request.method.toLowerCase() : "copy";
  if (name in requests) requests[name as S3Request]++;
});

const body = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
};

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const serve = (handler: Handler): Server =>
  createServer((request, response) => {
    void (async () => {
      const payload = await body(request);
      const started = performance.now();
      first ??= started;
      invocations++;
      const end = Date.now() + Number(functionSeconds) * 1000;
      const context = {
        awsRequestId: "00000000-0000-4000-8000-000000000000",
        functionName: "bench",
        functionVersion: "$LATEST",
        invokedFunctionArn: "arn:aws:lambda:eu-central-1:000000000000:function:bench",
        memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "",
        getRemainingTimeInMillis: () => end - Date.now(),
      };
      try {
        const answer = JSON.stringify(await handler(JSON.parse(payload), context)) ?? "null";
        response.writeHead(200, { "content-type": "application/json" }).end(answer);
      } catch (error) {
        const { name, message } = error as Error;
        const answer = JSON.stringify({ errorType: name, errorMessage: message });
        response.writeHead(200, { "x-amz-function-error": "Unhandled" }).end(answer);
      }
      last = performance.now();
      busySeconds += (last - started) / 1000;
    })();
  });

async function main(): Promise<void> {
  const { handler } = require(modulePath) as { readonly handler: Handler };
  const server = serve(handler).listen(0, "127.0.0.1");
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line) as HostCommand;
    if (command.kind === "address") {
      if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
      writeSync(3, `${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
      continue;
    }
    const { user, system } = process.cpuUsage(cpu);
    const usage: HostUsage = {
      invocations,
      seconds: first === undefined ? 0 : (last - first) / 1000,
      busySeconds,
      cpuSeconds: (user + system) / 1e6,
      peakMegabytes: peakMegabytes(),
      requests,
    };
    invocations = 0;
    busySeconds = 0;
    first = undefined;
    requests = noRequests();
    cpu = process.cpuUsage();
    writeSync(3, `${JSON.stringify(usage)}\n`);
  }
  // The bench is gone.
  process.exit();
}

void main();
