import { testServers } from "./test-server";

const newServer = testServers();

it("gives a browser no more rights than the page needs", async () => {
  const { ask } = await newServer({}, { headers: { camera: true, connectTo: ["https://b.s3.amazonaws.com"] } });
  const { headers } = await ask("/thing");
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' blob:;" +
      "connect-src 'self' https://b.s3.amazonaws.com;base-uri 'none';form-action 'self';frame-ancestors 'none'",
  );
  expect(headers).toMatchObject({
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
});

it("gives no camera to a page that needs none, also on refusals", async () => {
  const { ask } = await newServer();
  const { statusCode, headers } = await ask("/nothing");
  expect(statusCode).toBe(404);
  expect(headers["permissions-policy"]).toContain("camera=()");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
});

describe("requests that another site makes a browser send", () => {
  const host = "images.example.com";

  it.each([
    [{ "sec-fetch-site": "cross-site" }],
    // Another app below the same domain is another site's page all the same.
    [{ "sec-fetch-site": "same-site" }],
    [{ origin: "https://evil.example.org" }],
    [{ origin: "null" }],
    [{ "sec-fetch-site": "cross-site", origin: `https://${host}` }],
    [{ origin: "http://[" }],
  ])("are refused: %j", async (sent) => {
    const { ask } = await newServer();
    const answer = await ask("/thing", { method: "POST", headers: { host, ...sent } });
    expect(answer.statusCode).toBe(403);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json()).toEqual({
      type: "/problems/cross-site",
      title: "Requests of other sites are refused",
      status: 403,
      detail: "This request comes from a page of another site. Open this service's own page and send it from there.",
    });
  });

  it.each([
    [{ "sec-fetch-site": "same-origin" }],
    [{ "sec-fetch-site": "none" }],
    [{ origin: `https://${host}` }],
    [{}],
  ])("the page's own and those of programs are not: %j", async (sent) => {
    const { ask } = await newServer();
    const answer = await ask("/thing", { method: "POST", headers: { host, ...sent } });
    expect(answer.statusCode).toBe(200);
  });

  it("may read what everybody may open", async () => {
    const { ask } = await newServer();
    expect((await ask("/thing", { headers: { "sec-fetch-site": "cross-site" } })).statusCode).toBe(200);
  });
});

describe("the limit of requests", () => {
  it("tells an address above it when to come back, and lets another through", async () => {
    const { ask } = await newServer({ RATE_LIMIT_PER_MINUTE: "2", PROXY_HOPS: "1" });
    const from = (address: string) => ask("/thing", { headers: { "x-forwarded-for": address } });
    expect([(await from("192.0.2.1")).statusCode, (await from("192.0.2.1")).statusCode]).toEqual([200, 200]);
    const refused = await from("192.0.2.1");
    const { retryAfterSeconds, ...body } = refused.json();
    expect(body).toEqual({
      type: "/problems/too-many-requests",
      title: "Too many requests",
      status: 429,
      detail: "More than 2 requests a minute. Wait and send it again.",
    });
    expect(refused.headers["retry-after"]).toBe(String(retryAfterSeconds));
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    expect((await from("192.0.2.2")).statusCode).toBe(200);
    expect((await ask("/open", { headers: { "x-forwarded-for": "192.0.2.1" } })).statusCode).toBe(200);
  });

  it.each([
    ["0", "127.0.0.1"],
    ["1", "198.51.100.7"],
    ["2", "192.0.2.1"],
  ])("with %s proxies in front, believes only those of X-Forwarded-For: %s", async (hops, ip) => {
    const { ask } = await newServer({ PROXY_HOPS: hops });
    const headers = { "x-forwarded-for": "203.0.113.9, 192.0.2.1, 198.51.100.7" };
    expect((await ask("/thing", { headers })).json()).toEqual({ ip });
  });
});

it("tells strangers nothing of what failed inside, and the log everything", async () => {
  const { ask, lines } = await newServer();
  const answer = await ask("/failing");
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toEqual({
    type: "/problems/internal",
    title: "The service failed",
    status: 500,
    detail: "Something went wrong here. It is in the service's log; try again later.",
  });
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: "request failed", err: expect.objectContaining({ message: "password=secret" }) }),
  );
});

it("writes one line a request, with the load balancer's number of it and without the query", async () => {
  const { ask, lines } = await newServer();
  await ask("/thing?name=private.jpg", { headers: { "x-amzn-trace-id": "Root=1-67891233-abcdef012345" } });
  await ask("/open");
  expect(lines).toEqual([
    expect.objectContaining({
      environment: "test",
      reqId: "Root=1-67891233-abcdef012345",
      method: "GET",
      path: "/thing",
      status: 200,
    }),
  ]);
});
