import { reconcile } from "../../../../local/demo/account";
import { CurrentReport } from "../../../../local/demo/run/current-report";

const sent = (imageId: string) =>
  ({ imageId, source: "stream", name: imageId, kind: "JPEG", expectation: "processed" }) as const;
const processed = (imageId: string) => ({ imageId, end: "processed", version: "v", where: imageId }) as const;
const account = (lost: readonly string[]) =>
  reconcile(["a", "b", "c", "d"].map(sent), ["a", "b", "c", "d"].filter((id) => !lost.includes(id)).map(processed));

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

it("counts for its speed only what still had to end when a run that was stopped is taken up", () => {
  const report = new CurrentReport(() => []);
  report.sending(1);
  jest.advanceTimersByTime(2000);
  report.accounted(account([]));
  expect(report.now()).toMatchObject({ imagesPerSecond: 0.5, account: { sent: 4 } });
});

it.each([
  ["complete", "every image is accounted for", []],
  ["failed", "one is lost", ["b"]],
])("is %s when %s", (state, _, lost) => {
  const report = new CurrentReport(() => []);
  report.accounted(account(lost));
  report.end();
  expect(report.now().state).toBe(state);
});

it("has failed when no image was accounted for", () => {
  const report = new CurrentReport(() => []);
  report.end();
  expect(report.now().state).toBe("failed");
});

it("has failed when something failed after every image was accounted for", () => {
  const report = new CurrentReport(() => []);
  report.accounted(account([]));
  report.fail();
  expect(report.now().state).toBe("failed");
});
