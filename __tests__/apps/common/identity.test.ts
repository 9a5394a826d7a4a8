import { generateKeyPairSync, sign } from "node:crypto";
import { testServers } from "./test-server";

const newServer = testServers();
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const strangers = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

const loadBalancer = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/0123456789abcdef";
const issuer = "https://login.example.com";
const kid = "6f1c3ad2-7b0e-4b8a-9a53-2f1f3a1c0d11";
const variables = {
  AUTHENTICATION: "load-balancer",
  OIDC_LOAD_BALANCER_ARN: loadBalancer,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: "web",
};

/** As the load balancer writes it: base 64 for URLs, padded all the same (ELB User Guide). */
function token(header: object = {}, claims: object = {}, key = privateKey): string {
  const exp = Math.floor(Date.now() / 1000) + 120;
  const part = (value: object): string => {
    const text = Buffer.from(JSON.stringify(value)).toString("base64url");
    return text.padEnd(Math.ceil(text.length / 4) * 4, "=");
  };
  const head = { typ: "JWT", alg: "ES256", kid, signer: loadBalancer, iss: issuer, client: "web", exp, ...header };
  const signed = `${part(head)}.${part({ sub: "person-1", email: "a@example.com", iss: issuer, exp, ...claims })}`;
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }).toString("base64url");
  return `${signed}.${signature.padEnd(Math.ceil(signature.length / 4) * 4, "=")}`;
}

const asked: string[] = [];
const fetchKey = async (url: string): Promise<string> => {
  asked.push(url);
  return publicKey.export({ type: "spki", format: "pem" }) as string;
};

const server = () => newServer({ ...variables, RATE_LIMIT_PER_MINUTE: "2", PROXY_HOPS: "1" }, { fetchKey });

it("lets in who the load balancer signed in, with its key from the load balancer's region", async () => {
  const { ask } = await server();
  const answer = await ask("/thing", { headers: { "x-amzn-oidc-data": token() } });
  expect(answer.json()).toEqual({ ip: "127.0.0.1", subject: "person-1" });
  expect(asked).toEqual([`https://public-keys.auth.elb.eu-central-1.amazonaws.com/${kid}`]);
});

it.each([
  ["signed by somebody else", () => token({}, {}, strangers)],
  ["of another load balancer", () => token({ signer: loadBalancer.replace("/web/", "/other/") })],
  ["for another client", () => token({ client: "other" })],
  ["of another issuer", () => token({}, { iss: "https://evil.example.org" })],
  ["that ran out", () => token({}, { exp: Math.floor(Date.now() / 1000) - 10 })],
  ["without a signature", () => `${token({ alg: "none" }).split(".").slice(0, 2).join(".")}.`],
  ["that is none", () => "hello"],
])("refuses an identity %s", async (_what, sent) => {
  const { ask } = await server();
  const answer = await ask("/thing", { headers: { "x-amzn-oidc-data": sent() } });
  expect(answer.statusCode).toBe(401);
  expect(answer.json()).toEqual({
    type: "/problems/not-signed-in",
    title: "Nobody is signed in",
    status: 401,
    detail: "The identity the load balancer sent is not valid. Open this service's page anew and sign in.",
  });
});

it("refuses who comes past the load balancer, but for its own checks of health", async () => {
  const { ask } = await server();
  const answer = await ask("/thing");
  expect(answer.statusCode).toBe(401);
  expect(answer.json().detail).toBe("The load balancer sent no identity. Open this service's page anew and sign in.");
  expect((await ask("/open")).statusCode).toBe(200);
});

it("counts requests by person, wherever they come from", async () => {
  const { ask } = await server();
  const from = async (sub: string, address: string) => {
    const headers = { "x-amzn-oidc-data": token({}, { sub }), "x-forwarded-for": address };
    return (await ask("/thing", { headers })).statusCode;
  };
  expect(await from("a", "192.0.2.1")).toBe(200);
  expect(await from("a", "192.0.2.2")).toBe(200);
  expect(await from("a", "192.0.2.3")).toBe(429);
  expect(await from("b", "192.0.2.1")).toBe(200);
});
