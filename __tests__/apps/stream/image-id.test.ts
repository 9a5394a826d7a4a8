import { imageIdOf, newImageId } from "../../../apps/stream/image-id";

const now = new Date("2026-01-31T23:59:59.500Z");

it("makes ids of version 7 that say when they were made, and take themselves back", () => {
  const ids = Array.from({ length: 100 }, () => newImageId(now));
  expect(new Set(ids.map(({ id }) => id)).size).toBe(100);
  for (const { id } of ids) expect(imageIdOf(id, now)).toEqual({ id, sentAt: now });
});

it("reads the example of RFC 9562", () => {
  const sentAt = new Date("2022-02-22T19:22:22.000Z");
  expect(imageIdOf("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", sentAt).sentAt).toEqual(sentAt);
});

const refused = (why: string) =>
  `Image-Id: expected a UUID of version 7 in lower case, made within the last 24 hours, but ${why}. Leave it out to be given one.`;

it.each(["", "cat", "919108f7-52d1-4320-9bac-f847db4148a8", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"])(
  "refuses %j",
  (sent) => {
    expect(() => imageIdOf(sent, now)).toThrow(refused(`got ${JSON.stringify(sent)}`));
  },
);

it.each([
  ["a day and a millisecond ago", -86_400_001],
  ["more than five minutes ahead", 300_001],
])("refuses an id made %s: its day would be another", (_when, milliseconds) => {
  const { id } = newImageId(new Date(now.getTime() + milliseconds));
  expect(() => imageIdOf(id, now)).toThrow(refused("its time is out of that"));
});
