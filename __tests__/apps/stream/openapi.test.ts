import Ajv from "ajv";
import { noise } from "../../functions/images";
import { MemoryStore } from "../../functions/memory-store";
import type { HttpAnswer, HttpRequest } from "../../support/http-request";
import { type StreamService, streamServices } from "./stream-service";

const services = streamServices();

let image: Buffer;
let large: Buffer;
let store: MemoryStore;
let service: StreamService;
// biome-ignore lint/suspicious/noExplicitAny: a document of OpenAPI.
let document: any;

beforeAll(async () => {
  image = await noise(40, 30).jpeg().toBuffer();
  large = await noise(400, 300).png().toBuffer();
});

beforeEach(async () => {
  store = new MemoryStore();
  service = await services.start(store);
  document = (await service.ask("/openapi.json")).json();
});

/** Where an answer does not keep to the document; undefined when it does. */
function faultOf(path: string, method: string, { statusCode, headers, json }: HttpAnswer): string | undefined {
  const mediaType = headers["content-type"]?.split(";")[0] ?? "";
  const described = document.paths[path][method].responses[statusCode];
  if (described?.content?.[mediaType] === undefined)
    return `${method} ${path}: ${statusCode} ${mediaType} is not described`;
  if (described.headers?.["Retry-After"] && headers["retry-after"] === undefined) return "no Retry-After";
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(document, "document");
  const pointer = ["paths", path, method, "responses", String(statusCode), "content", mediaType, "schema"];
  const encoded = pointer.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
  return ajv.validate({ $ref: `document#/${encoded}` }, json()) ? undefined : ajv.errorsText();
}

const post = (body: Uint8Array | string, headers: Record<string, string> = {}): HttpRequest => ({
  method: "POST",
  headers,
  body,
});

it("describes each route, and no other", () => {
  expect(document.openapi).toBe("3.1.0");
  const routes = Object.entries<object>(document.paths).map(([path, methods]) => `${Object.keys(methods)} ${path}`);
  expect(routes.sort()).toEqual(["get /health", "get /limits", "get /ready", "post /images"]);
  expect(Object.keys(document.paths["/images"].post.requestBody.content)).toEqual([
    ...["jpeg", "png", "gif", "webp", "avif", "tiff"].map((format) => `image/${format}`),
    "application/octet-stream",
    "multipart/form-data",
  ]);
});

it("answers as it describes, whatever is sent", async () => {
  const cases: readonly [number, HttpRequest][] = [
    [202, post(image, { "content-type": "image/jpeg" })],
    [202, post(large)],
    [400, post("")],
    [400, post(image, { "image-id": "x" })],
    [403, post(image, { "sec-fetch-site": "cross-site" })],
    [411, post("--x--", { "content-type": "multipart/form-data; boundary=x", "transfer-encoding": "chunked" })],
    [415, post("No picture, only words.")],
  ];
  for (const [status, sent] of cases) {
    const answer = await service.ask("/images", sent);
    expect([answer.statusCode, faultOf("/images", "post", answer)]).toEqual([status, undefined]);
  }
  store.failOn = () => true;
  const unconfirmed = await service.ask("/images", post(large));
  expect([unconfirmed.statusCode, faultOf("/images", "post", unconfirmed)]).toEqual([503, undefined]);
  for (const path of ["/health", "/ready", "/limits"]) {
    const answer = await service.ask(path);
    expect([answer.statusCode, faultOf(path, "get", answer)]).toEqual([200, undefined]);
  }
});

it.each([
  [429, { RATE_LIMIT_PER_MINUTE: "1" }],
  [413, { MAX_IMAGE_BYTES: "10" }],
  [
    401,
    {
      AUTHENTICATION: "load-balancer",
      OIDC_LOAD_BALANCER_ARN:
        "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/0123456789abcdef",
      OIDC_ISSUER: "https://login.example.com",
      OIDC_CLIENT_ID: "web",
    },
  ],
])("answers %d as it describes", async (status, change) => {
  const other = await services.start(store, change);
  await other.ask("/images", post(""));
  const answer = await other.ask("/images", post(image));
  expect([answer.statusCode, faultOf("/images", "post", answer)]).toEqual([status, undefined]);
});
