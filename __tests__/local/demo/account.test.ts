import { type Outcome, reconcile, type SentImage } from "../../../local/demo/account";

const sent = (imageId: string, over: Partial<SentImage> = {}): SentImage => ({
  imageId,
  source: "stream",
  name: `${imageId}.jpg`,
  kind: "JPEG",
  expectation: "processed",
  ...over,
});
const processed = (imageId: string, over: Partial<Outcome> = {}): Outcome => ({
  imageId,
  end: "processed",
  version: "aaaaaaaaaaaa",
  where: `processed/features/${imageId}`,
  ...over,
});
const refused = (imageId: string, reason: string): Outcome => ({
  imageId,
  end: "refused",
  reason,
  where: `quarantine/refused/${imageId}`,
});

it("balances when every image ended exactly once and as expected", () => {
  const account = reconcile(
    [
      sent("a"),
      sent("b", { source: "upload" }),
      sent("c", { expectation: "refused:corrupt" }),
      sent("d", { expectation: "turnedAway:empty" }),
    ],
    [processed("a"), processed("b"), refused("c", "corrupt"), turnedAway("d", "empty")],
  );
  expect(account).toEqual({
    sent: 4,
    processed: 2,
    refused: 1,
    onFailure: 0,
    turnedAway: 1,
    bySource: {
      stream: { sent: 3, processed: 1, refused: 1, onFailure: 0, turnedAway: 1 },
      upload: { sent: 1, processed: 1, refused: 0, onFailure: 0, turnedAway: 0 },
    },
    reasons: { corrupt: 1 },
    doorReasons: { empty: 1 },
    lost: [],
    duplicates: [],
    wrong: [],
    balanced: true,
  });
});

const turnedAway = (imageId: string, reason: string): Outcome => ({
  imageId,
  end: "turnedAway",
  reason,
  where: "web app 1: 400",
});

it("takes an image that was turned away, and lies in a bucket all the same, for twice", () => {
  const account = reconcile(
    [sent("a", { expectation: "turnedAway:empty" })],
    [turnedAway("a", "empty"), processed("a")],
  );
  expect(account.duplicates).toEqual([{ imageId: "a", where: ["web app 1: 400", "processed/features/a"] }]);
});

it("lists an image that was turned away and should not have been, and one that got through", () => {
  const account = reconcile(
    [sent("a"), sent("b", { expectation: "turnedAway:too-large" })],
    [turnedAway("a", "too-large"), refused("b", "too-many-bytes")],
  );
  expect(account.wrong.map(({ expected, got }) => [expected, got])).toEqual([
    ["processed", "turnedAway:too-large"],
    ["turnedAway:too-large", "refused:too-many-bytes"],
  ]);
});

it("lists the ids that ended nowhere", () => {
  expect(reconcile([sent("a"), sent("b")], [processed("a")])).toMatchObject({ lost: ["b"], balanced: false });
});

it("lists the ids that ended twice, with the objects that show it", () => {
  const account = reconcile([sent("a")], [processed("a"), refused("a", "corrupt")]);
  expect(account.duplicates).toEqual([{ imageId: "a", where: ["processed/features/a", "quarantine/refused/a"] }]);
  expect(account.balanced).toBe(false);
});

it("takes one image on two days for twice", () => {
  const account = reconcile([sent("a")], [processed("a", { where: "one" }), processed("a", { where: "other" })]);
  expect(account.duplicates).toEqual([{ imageId: "a", where: ["one", "other"] }]);
});

it("takes an image that two versions of the code have processed for one", () => {
  const account = reconcile([sent("a")], [processed("a"), processed("a", { version: "bbbbbbbbbbbb" })]);
  expect(account).toMatchObject({ processed: 1, duplicates: [], balanced: true });
});

it("lists the images that ended otherwise than expected", () => {
  const account = reconcile(
    [sent("a"), sent("b", { expectation: "refused:empty" }), sent("c", { expectation: "refused:corrupt" })],
    [refused("a", "corrupt"), { imageId: "b", end: "onFailure", where: "x" }, refused("c", "empty")],
  );
  expect(account.wrong.map(({ imageId, expected, got }) => [imageId, expected, got])).toEqual([
    ["a", "processed", "refused:corrupt"],
    ["b", "refused:empty", "onFailure"],
    ["c", "refused:corrupt", "refused:empty"],
  ]);
  expect(account).toMatchObject({ onFailure: 1, balanced: false });
});

it("leaves out images of other runs", () => {
  expect(reconcile([sent("a")], [processed("a"), processed("z")])).toMatchObject({
    sent: 1,
    processed: 1,
    balanced: true,
  });
});
