import { SharedMemory } from "../../../functions/processing/shared-memory";

const patience = 10_000;

/** Takes in the order given; `log` says who is in. */
function crowd(memory: SharedMemory, capacity: number) {
  const log: string[] = [];
  const take = async (name: string, bytes: number, wait = patience) => {
    const giveBack = await memory.take(bytes, capacity, wait);
    log.push(giveBack === undefined ? `${name} gave up` : `${name} in`);
    return () => {
      log.push(`${name} out`);
      giveBack?.();
    };
  };
  return { log, take };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("who fits beside the others does not wait", async () => {
  const { log, take } = crowd(new SharedMemory(), 10);
  await take("a", 4);
  await take("b", 6);
  expect(log).toEqual(["a in", "b in"]);
});

it("who does not fit waits until enough is given back", async () => {
  const { log, take } = crowd(new SharedMemory(), 10);
  const outs = [await take("a", 4), await take("b", 4)];
  const third = take("c", 9);
  await turn();
  outs[0]?.();
  await turn();
  outs[1]?.();
  await third;
  expect(log).toEqual(["a in", "b in", "a out", "b out", "c in"]);
});

it("small ones do not overtake a large one that waits", async () => {
  const { log, take } = crowd(new SharedMemory(), 10);
  const first = await take("a", 6);
  const others = [take("large", 8), take("small", 1)];
  await turn();
  expect(log).toEqual(["a in"]);
  first();
  await Promise.all(others);
  expect(log).toEqual(["a in", "a out", "large in", "small in"]);
});

it("who gives up makes way for those behind", async () => {
  const { log, take } = crowd(new SharedMemory(), 10);
  await take("a", 6);
  const large = take("large", 8, 5);
  const small = take("small", 3);
  await Promise.all([large, small]);
  expect(log).toEqual(["a in", "small in", "large gave up"]);
});

it("asked beforehand, it says whether there will be a wait", async () => {
  const memory = new SharedMemory();
  expect(memory.isFull(10, 10)).toBe(false);
  const giveBack = await memory.take(1, 10, patience);
  expect(memory.isFull(10, 10)).toBe(true);
  giveBack?.();
  expect(memory.isFull(10, 10)).toBe(false);
});
