import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError, type Gap, type GapRequest } from "../../../local/gateway/gap";
import { type Gateway, startGateway } from "../../../local/gateway/gateway";
import { call } from "./test-account";

let folder: string;
let upstream: Server;
let endpoint: string;
let handle: (request: IncomingMessage, response: ServerResponse) => void;
const gateways: Gateway[] = [];

const gateway = async (gaps: readonly Gap[], to = endpoint) => {
  const stateFile = join(folder, "state.json");
  const started = await startGateway({ upstream: to, stateFile, kafkaBrokers: ["127.0.0.1:1"], gaps });
  gateways.push(started);
  return { endpoint: started.endpoint, account: "123456789012", region: "eu-central-1" };
};

const gap = (answer: Gap["answer"], operation = "CreateThing"): Gap => ({
  name: "things",
  service: "things",
  description: "Things.",
  handles: (request) => request.operation === operation,
  answer,
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "darkroom-gateway-"));
  upstream = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await Promise.all(gateways.splice(0).map((started) => started.stop()));
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  rmSync(folder, { recursive: true });
});

it("passes a call through untouched: method, path, query, headers, body and answer", async () => {
  let seen: unknown;
  handle = async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method, url, headers } = request;
    seen = { method, url, body, host: headers.host, type: headers["content-type"], meta: headers["x-amz-meta-a"] };
    response.writeHead(206, { "x-amz-request-id": "r", "set-cookie": ["a=1", "b=2"] }).end("answer");
  };
  const { endpoint: at } = await gateway([]);
  const response = await fetch(`${at}/bucket/a%2Fb%20c?x=1&y=%20`, {
    method: "PUT",
    headers: { "content-type": "image/png", "x-amz-meta-a": "b" },
    body: "body",
  });
  expect(seen).toEqual({
    method: "PUT",
    url: "/bucket/a%2Fb%20c?x=1&y=%20",
    body: "body",
    host: at.slice("http://".length),
    type: "image/png",
    meta: "b",
  });
  expect([response.status, response.headers.get("x-amz-request-id"), await response.text()]).toEqual([
    206,
    "r",
    "answer",
  ]);
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

it("streams: the answer begins before it ends", async () => {
  let finish: () => void = () => undefined;
  handle = (_, response) => {
    response.write("first");
    finish = () => response.end("last");
  };
  const { endpoint: at } = await gateway([]);
  const reader = (await fetch(`${at}/`)).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("first");
  finish();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("last");
});

it("tells service, account, region and operation by the signature, the target and the form", async () => {
  handle = (_, response) => response.writeHead(200).end("upstream");
  const seen: GapRequest[] = [];
  const account = await gateway([
    gap((request) => {
      seen.push(request);
      return { status: 200, headers: {}, body: "ours" };
    }),
  ]);
  expect((await call(account, "things", { body: "Action=CreateThing&Name=a" })).text).toBe("ours");
  expect((await call(account, "things", { target: "Things.CreateThing", body: "{}" })).text).toBe("ours");
  expect((await call(account, "things", { body: "Action=ListThings" })).text).toBe("upstream");
  expect((await call(account, "others", { body: "Action=CreateThing" })).text).toBe("upstream");
  const query = "X-Amz-Credential=111111111111/20260101/eu-west-1/things/aws4_request";
  const headers = { "x-amz-target": "Things.CreateThing" };
  expect(await (await fetch(`${account.endpoint}/?${query}`, { method: "POST", headers })).text()).toBe("ours");
  expect(seen.map(({ account: id, region, body }) => [id, region, body.toString()])).toEqual([
    ["123456789012", "eu-central-1", "Action=CreateThing&Name=a"],
    ["123456789012", "eu-central-1", "{}"],
    ["111111111111", "eu-west-1", ""],
  ]);
});

it("keeps what a gap remembers apart by account and region, and over a restart", async () => {
  const counting = gap((request, { state }) => {
    const things = state<string>("things");
    things.put(request.body.toString(), "kept");
    return { status: 200, headers: {}, body: String(things.all().length) };
  });
  const put = async (at: Parameters<typeof call>[0], body: string) =>
    (await call(at, "things", { target: "T.CreateThing", body })).text;
  const account = await gateway([counting]);
  expect(await put(account, "a")).toBe("1");
  expect(await put({ ...account, account: "111111111111" }, "b")).toBe("1");
  expect(await put({ ...account, region: "eu-west-1" }, "c")).toBe("1");
  expect(await put(await gateway([counting]), "d")).toBe("2");
});

it("answers errors in the service's own protocol", async () => {
  const failing = gap(() => {
    throw new AwsError("NoSuchThing", 'no "thing" <a>', 404);
  });
  const broken = gap(() => {
    throw new Error("oops");
  }, "BreakThing");
  const account = await gateway([failing, broken]);
  const form = await call(account, "things", { body: "Action=CreateThing" });
  expect(form.status).toBe(404);
  expect(form.text).toContain(
    "<Error><Type>Sender</Type><Code>NoSuchThing</Code><Message>no &quot;thing&quot; &lt;a&gt;</Message></Error>",
  );
  const json = await call(account, "things", { target: "T.CreateThing" });
  expect(JSON.parse(json.text)).toMatchObject({ __type: "NoSuchThing", message: 'no "thing" <a>' });
  const fault = await call(account, "things", { target: "T.BreakThing" });
  expect(fault.status).toBe(503);
  expect(JSON.parse(fault.text)).toMatchObject({ message: "local gateway, gap things: oops" });
});

it("says that the emulated account does not answer, as an error clients try again", async () => {
  const { endpoint: at } = await gateway([], "http://127.0.0.1:9");
  const response = await fetch(`${at}/`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    message: "the emulated account at http://127.0.0.1:9 does not answer: connect ECONNREFUSED 127.0.0.1:9",
  });
});
