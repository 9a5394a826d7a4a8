import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { patiently } from "../../../../local/demo/send/patiently";

let server: Server | undefined;
afterEach(() => server?.close());

/** A service that answers as told, one answer a request. */
async function service(...answers: readonly ("break" | readonly [status: number, retryAfter?: string])[]) {
  const times: number[] = [];
  const made = createServer((request, response) => {
    const answer = answers[times.push(performance.now()) - 1] ?? [200];
    if (answer === "break") return request.socket.destroy();
    const [status, retryAfter] = answer;
    return response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end("said");
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}`, times };
}
const { signal } = new AbortController();

it("sends again after 429 and 503, no sooner than it was told, and after a broken connection", async () => {
  const { url, times } = await service([429, "2"], [503], "break", [202]);
  const answer = await patiently("It", () => fetch(url), signal);
  expect([answer.status, times.length]).toEqual([202, 4]);
  const [first = 0, second = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(1990);
});

it("answers every other status as it is", async () => {
  const { url, times } = await service([400]);
  expect((await patiently("It", () => fetch(url), signal)).status).toBe(400);
  expect(times).toHaveLength(1);
});

it("gives up when the service wants more time than there is, and says what it said", async () => {
  const { url } = await service([503, "3600"]);
  await expect(patiently("Web app 1, cat.jpg", () => fetch(url), signal)).rejects.toThrow(
    "Web app 1, cat.jpg: not taken within 120 s. The last answer: 503 said",
  );
});

it("ends with the run while it waits", async () => {
  const { url } = await service([503, "60"]);
  const ending = new AbortController();
  const sending = patiently("It", () => fetch(url), ending.signal);
  ending.abort(new Error("ended"));
  await expect(sending).rejects.toThrow("ended");
});
