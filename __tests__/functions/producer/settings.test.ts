import { createProducer, type ImageToSend, type ProducerProps } from "../../../functions/producer";
import { kafkaConfig } from "../../../functions/producer/kafka-config";
import { MemoryStore } from "../memory-store";

const claims = { store: new MemoryStore(), bucket: "uploads" };
const props: ProducerProps = { brokers: ["127.0.0.1:9"], topic: "images", auth: "none", inlineMaxBytes: 1000, claims };

it("names every fault of the settings at once", () => {
  const wrong = {
    brokers: ["http://broker"],
    topic: "a/b",
    auth: "iam",
    inlineMaxBytes: 3_000_001,
    claims: { bucket: "" },
    retries: 0,
  } as unknown as ProducerProps;
  expect(() => createProducer(wrong)).toThrow(
    "The producer cannot start. " +
      'brokers.0: expected host:port, for example b-1.images.abc.c2.kafka.eu-central-1.amazonaws.com:9098, but got "http://broker"; ' +
      `topic: expected a topic's name: letters, digits, '.', '_' or '-', at most 249, but got "a/b"; ` +
      "inlineMaxBytes: expected a whole number of bytes from 0 to 3000000, but got 3000001; " +
      "retries: expected a whole number of repetitions from 1 to 100, but got 0; " +
      `claims.bucket: expected a bucket's name, but got ""`,
  );
});

it.each([
  [{ brokers: [] }, "brokers: expected at least one broker, but got []"],
  [{ auth: "iam" }, "region: expected an AWS region, for example eu-central-1 (auth is iam), but got nothing"],
  [{ auth: "scram" }, 'auth: expected iam or none, but got "scram"'],
  [
    { auth: "iam", region: "Frankfurt" },
    'region: expected an AWS region, for example eu-central-1, but got "Frankfurt"',
  ],
])("refuses %j", (change, message) => {
  expect(() => createProducer({ ...props, ...change } as unknown as ProducerProps)).toThrow(
    `The producer cannot start. ${message}`,
  );
});

it("names every fault of an image at once, before anything is sent", async () => {
  const producer = createProducer(props);
  const wrong = { id: "a b", name: "", bytes: "x", sentAt: new Date(Number.NaN) } as unknown as ImageToSend;
  await expect(producer.send(wrong)).rejects.toMatchObject({
    name: "ImageFaults",
    message:
      "The image cannot be sent. id: expected 1 to 64 letters, digits, '_' or '-', but got \"a b\"; " +
      'name: expected a file name of 1 to 1024 bytes in UTF-8, but got ""; bytes: expected the file\'s bytes, but got "x"; ' +
      "sentAt: expected an instant from year 0 to 9999, but got null",
  });
  const long = { id: "a", name: "é".repeat(513), bytes: Buffer.alloc(0), sentAt: new Date("+010000-01-01T00:00:00Z") };
  await expect(producer.send(long)).rejects.toThrow(
    /name: expected .*; sentAt: expected an instant from year 0 to 9999/,
  );
});

const credentials = async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "session" });

describe("by IAM", () => {
  const config = kafkaConfig({ ...props, auth: "iam", region: "eu-west-3", credentials });

  const token = async (): Promise<URL> => {
    const { sasl } = config;
    if (sasl?.mechanism !== "oauthbearer" || !("oauthBearerProvider" in sasl)) throw new Error("no token");
    const { value } = await sasl.oauthBearerProvider();
    expect(value).toMatch(/^[A-Za-z0-9_-]+$/);
    return new URL(Buffer.from(value, "base64url").toString());
  };

  it("connects by TLS, with a signed request to connect to clusters of the region as token", async () => {
    expect(config.ssl).toBe(true);
    const { origin, pathname, searchParams } = await token();
    expect(`${origin}${pathname}`).toBe("https://kafka.eu-west-3.amazonaws.com/");
    expect(Object.fromEntries(searchParams)).toEqual({
      Action: "kafka-cluster:Connect",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": expect.stringMatching(/^AKIDEXAMPLE\/\d{8}\/eu-west-3\/kafka-cluster\/aws4_request$/),
      "X-Amz-Date": expect.stringMatching(/^\d{8}T\d{6}Z$/),
      "X-Amz-Expires": "900",
      "X-Amz-Security-Token": "session",
      "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/),
      "X-Amz-SignedHeaders": "host",
      "User-Agent": expect.stringContaining("aws-msk-iam-sasl-signer-js/"),
    });
  });

  it("makes a new token whenever a session begins or is renewed", async () => {
    jest.useFakeTimers({ now: new Date("2026-02-01T10:00:00Z"), doNotFake: ["nextTick", "setImmediate"] });
    const first = await token();
    jest.setSystemTime(new Date("2026-02-01T10:14:50Z"));
    const second = await token();
    jest.useRealTimers();
    expect(first.searchParams.get("X-Amz-Date")).toBe("20260201T100000Z");
    expect(second.searchParams.get("X-Amz-Date")).toBe("20260201T101450Z");
  });

  it("takes AWS's own chain of credentials when it is given none", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIDCHAIN", AWS_SECRET_ACCESS_KEY: "secret" });
    try {
      const { sasl } = kafkaConfig({ ...props, auth: "iam", region: "eu-west-3" });
      if (sasl?.mechanism !== "oauthbearer" || !("oauthBearerProvider" in sasl)) throw new Error("no token");
      const { value } = await sasl.oauthBearerProvider();
      expect(Buffer.from(value, "base64url").toString()).toContain("X-Amz-Credential=AKIDCHAIN%2F");
    } finally {
      process.env = before;
    }
  });
});

it("without authentication connects in plain text, under the program's name", () => {
  expect(kafkaConfig({ ...props, clientId: "web-app-1", retries: 3 })).toMatchObject({
    clientId: "web-app-1",
    brokers: ["127.0.0.1:9"],
    retry: { retries: 3 },
  });
  expect(kafkaConfig(props)).toMatchObject({ clientId: "darkroom-producer", retry: { retries: 12 } });
  expect(kafkaConfig(props).sasl).toBeUndefined();
  expect(kafkaConfig(props).ssl).toBeUndefined();
});
