import fc from "fast-check";
import { decodeMessage, type EncodedMessage, encodeMessage, sha256Of } from "../../../functions/common/message";
import { record, sentAt } from "../flow";

const bytes = Buffer.from("image");

const valid = encodeMessage({ kind: "inline", id: "a", name: "a.jpg", sentAt, bytes });

const decode = (change: Partial<Record<string, string>>, value = valid.value) => {
  const headers = { ...valid.headers, ...change } as EncodedMessage["headers"];
  return decodeMessage(record({ value, headers }));
};

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const name = fc.string({ minLength: 1, maxLength: 80, unit: "grapheme" });
const instant = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });

it("what is encoded is decoded again: images inside a record", () => {
  fc.assert(
    fc.property(id, name, instant, fc.uint8Array(), (imageId, fileName, sent, content) => {
      const message = {
        kind: "inline",
        id: imageId,
        name: fileName,
        sentAt: sent,
        bytes: Buffer.from(content),
      } as const;
      const encoded = encodeMessage(message);
      expect(encoded.key).toBe(imageId);
      expect(decodeMessage(record(encoded))).toEqual({ ...message, sha256: sha256Of(content) });
    }),
  );
});

it("what is encoded is decoded again: claims", () => {
  const anyClaim = fc.record(
    {
      bucket: fc.string({ minLength: 1 }),
      key: fc.string({ minLength: 1, unit: "grapheme" }),
      versionId: fc.string(),
      sizeBytes: fc.nat(),
      sha256: fc.constant(sha256Of(bytes)),
    },
    { requiredKeys: ["bucket", "key", "sizeBytes", "sha256"] },
  );
  fc.assert(
    fc.property(id, name, instant, anyClaim, (imageId, fileName, sent, claim) => {
      const message = { kind: "claim", id: imageId, name: fileName, sentAt: sent, claim: { ...claim } } as const;
      expect(decodeMessage(record(encodeMessage(message)))).toEqual({ ...message, sha256: claim.sha256 });
    }),
  );
});

it("headers are plain ASCII, whatever the file is called", () => {
  const { headers } = encodeMessage({ kind: "inline", id: "a", name: "Käse 写真.jpg", sentAt, bytes });
  expect(headers).toEqual({
    "darkroom-version": "1",
    "darkroom-kind": "inline",
    "darkroom-id": "a",
    "darkroom-name": "K%C3%A4se%20%E5%86%99%E7%9C%9F.jpg",
    "darkroom-sent-at": "2026-01-31T23:59:59.500Z",
    "darkroom-sha256": sha256Of(bytes),
  });
});

it("a record without headers is refused with every fault", () => {
  expect(() => decodeMessage({ value: "", headers: [] })).toThrow(
    "header.darkroom-version: expected 1; header.darkroom-kind: expected inline or claim; " +
      "header.darkroom-id: expected 1 to 64 letters, digits, '_' or '-'; " +
      "header.darkroom-name: expected a percent-encoded file name of at most 1024 bytes; " +
      "header.darkroom-sent-at: expected an instant, for example 2026-01-31T12:00:00.000Z; " +
      "header.darkroom-sha256: expected 64 hex digits in lower case",
  );
});

it.each([
  ["another version", { "darkroom-version": "2" }, "header.darkroom-version: expected 1"],
  ["another kind", { "darkroom-kind": "link" }, "header.darkroom-kind: expected inline or claim"],
  ["a path as id", { "darkroom-id": "../x" }, "header.darkroom-id: expected 1 to 64 letters, digits, '_' or '-'"],
  ["a long id", { "darkroom-id": "x".repeat(65) }, "header.darkroom-id: expected 1 to 64 letters, digits, '_' or '-'"],
  [
    "a name in no UTF-8",
    { "darkroom-name": "%FF" },
    "header.darkroom-name: expected a percent-encoded file name in UTF-8",
  ],
  ["a day alone", { "darkroom-sent-at": "2026-01-31" }, "header.darkroom-sent-at: expected an instant, for example"],
  ["a short hash", { "darkroom-sha256": "abc" }, "header.darkroom-sha256: expected 64 hex digits in lower case"],
])("%s is refused", (_, headers, message) => {
  expect(() => decode(headers)).toThrow(message);
});

it.each([
  ["no JSON", "{", "claim: expected a JSON object {bucket, key, versionId?, sizeBytes, sha256}"],
  ["half a claim", '{"bucket":"b","sizeBytes":-1}', "claim.key: expected an object's key; claim.sizeBytes: expected"],
  [
    "a claim of something else",
    JSON.stringify({ bucket: "b", key: "k", sizeBytes: 1, sha256: "0".repeat(64) }),
    "claim.sha256: expected the header darkroom-sha256's value",
  ],
])("a claim that is %s is refused", (_, value, message) => {
  expect(() => decode({ "darkroom-kind": "claim" }, Buffer.from(value))).toThrow(message);
});

it("headers and fields of a claim that this reader does not know are passed over, so that producers can add some first", () => {
  const plain = decode({});
  expect(decode({ "darkroom-camera": "Leica", traceparent: "00-1-2-01" })).toEqual(plain);
  const known = { bucket: "b", key: "k", sizeBytes: 1, sha256: sha256Of(bytes) };
  const value = Buffer.from(JSON.stringify({ ...known, storageClass: "GLACIER", parts: [1, 2] }));
  expect(decode({ "darkroom-kind": "claim" }, value)).toMatchObject({ kind: "claim", claim: known });
});

it("of a header that comes twice the last one holds, as in Kafka's own readers", () => {
  const twice = record(valid);
  expect(decodeMessage({ ...twice, headers: [{ "darkroom-id": [...Buffer.from("z")] }, ...twice.headers] }).id).toBe(
    "a",
  );
});

it("a producer cannot send what would be refused", () => {
  expect(() => encodeMessage({ kind: "inline", id: "a b", name: "", sentAt, bytes })).toThrow(
    "header.darkroom-id: expected 1 to 64 letters, digits, '_' or '-'; header.darkroom-name: expected",
  );
});

it("no header or value, whatever it holds, makes the reader fail in another way", () => {
  const headers = fc.array(fc.dictionary(fc.constantFrom(...Object.keys(valid.headers)), fc.array(fc.integer())));
  fc.assert(
    fc.property(headers, fc.base64String(), (strange, value) => {
      expect(() => decodeMessage({ headers: strange, value })).toThrow(/^header\./);
    }),
  );
});
