import { eachElement } from "../../../functions/report/json-array";
import { Tally } from "../../../functions/report/tally";
import { succeeded } from "./result-files";

const bytes = (...texts: string[]) =>
  (async function* () {
    for (const text of texts) yield Buffer.from(text);
  })();

it("gives the elements one by one, wherever the pieces are cut", async () => {
  const found: unknown[] = [];
  await eachElement(bytes('[{"a":"x', '\\"y"},', " null, [1", ",2]", "]\n"), (element) => found.push(element));
  expect(found).toEqual([{ a: 'x"y' }, null, [1, 2]]);
});

it("of an empty array gives nothing", async () => {
  await eachElement(bytes("[]"), () => {
    throw new Error("nothing expected");
  });
});

it.each([["[1,"], [""], ["no JSON"]])("throws on %p", async (text) => {
  await expect(eachElement(bytes(text), () => {})).rejects.toThrow();
});

it("takes elements while the file is read, and keeps none of them", async () => {
  const entry = JSON.stringify(succeeded("a", { processed: 1, quarantined: 0, skipped: 0 }, 1));
  const tally = new Tally();
  const takenBefore: number[] = [];
  const file = (async function* () {
    for (let piece = 0; piece < 5; piece++) {
      takenBefore.push(tally.result().images.processed);
      yield Buffer.from(`${piece === 0 ? "[" : ","}${Array(100).fill(entry).join(",")}`);
    }
    yield Buffer.from("]");
  })();
  await eachElement(file, (element) => tally.add("SUCCEEDED", element));
  expect(takenBefore).toEqual([0, 100, 200, 300, 400]);
  expect(tally.result().images.processed).toBe(500);
});
