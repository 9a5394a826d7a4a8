import type { MSKEvent, MSKRecord } from "aws-lambda";
import { handleStream } from "../../../functions/stream/handler";
import { type Deployed, deploy, event, inline, timeFor } from "../flow";

const bytes = Buffer.from("image");

/** A function whose image code does nothing: what is tested here is which records it takes and leaves. */
function deployed(): Deployed & { readonly worked: string[] } {
  const worked: string[] = [];
  const process = (async ({ id }: { readonly id: string }) => {
    worked.push(id);
    return { outputs: [], features: {} };
  }) as unknown as Deployed["process"];
  return { ...deploy({ process }), worked };
}

const of = (topic: string, record: MSKRecord): MSKRecord => ({ ...record, topic });

const failing = (...ids: readonly string[]): ReturnType<typeof deployed> => {
  const made = deployed();
  made.store.failOn = (call) => ids.some((id) => call.includes(`/${id}-`));
  return made;
};

const points = (...pairs: readonly (readonly [string, number])[]) => ({
  batchItemFailures: pairs.map(([partition, offset]) => ({ itemIdentifier: { partition, offset } })),
});

it("names each unfinished partition once, with its lowest offset, under the name it has in the event", async () => {
  const made = failing("b", "d", "e", "h");
  const records = [
    of("images", inline("a", bytes, 7, 0)),
    of("images", inline("b", bytes, 8, 0)),
    of("images", inline("c", bytes, 9, 0)),
    of("images", inline("d", bytes, 10, 0)),
    of("images-2", inline("e", bytes, 4, 1)),
    of("images-2", inline("f", bytes, 5, 1)),
    of("images", inline("g", bytes, 1, 11)),
    of("images", inline("h", bytes, 2, 11)),
    of("images", inline("i", bytes, 3, 12)),
  ];
  expect(await handleStream(event(...records), timeFor(), made)).toEqual(
    points(["images-0", 8], ["images-2-1", 4], ["images-11", 2]),
  );
});

it("takes the partition's name from the event, whatever the records say", async () => {
  const made = failing("b");
  const records = { "other-0": [inline("a", bytes, 1), inline("b", bytes, 2)] };
  const strange: MSKEvent = { ...event(), records };
  expect(await handleStream(strange, timeFor(), made)).toEqual(points(["other-0", 2]));
});

it("resumes at the lowest offset, though records come out of order", async () => {
  const made = failing("c", "a");
  const records = [inline("d", bytes, 33), inline("c", bytes, 32), inline("a", bytes, 30), inline("z", bytes, 29)];
  expect(await handleStream(event(...records), timeFor(), made)).toEqual(points(["images-0", 30]));
});

it("goes through duplicates once: in a call, in another partition, and when delivered again with what is left", async () => {
  const made = failing("c");
  const first = [
    inline("a", bytes, 0),
    inline("a", bytes, 1),
    inline("b", bytes, 2),
    inline("c", bytes, 3),
    inline("d", bytes, 4),
    inline("a", bytes, 0, 1),
  ];
  expect(await handleStream(event(...first), timeFor(), { ...made, imagesAtOnce: 1 })).toEqual(points(["images-0", 3]));
  expect(made.worked).toEqual(["a", "b", "d"]);
  made.store.failOn = () => false;
  expect(await handleStream(event(...first.slice(3)), timeFor(), made)).toEqual(points());
  expect(made.worked).toEqual(["a", "b", "d", "c"]);
  expect(made.store.keys("processed")).toHaveLength(4);
});

it("two calls that get the same records at the same time write each image once", async () => {
  const made = deployed();
  const records = ["a", "b", "c", "d"].map((id, offset) => inline(id, bytes, offset));
  await Promise.all([1, 2].map(() => handleStream(event(...records), timeFor(), made)));
  expect(made.store.keys("processed")).toHaveLength(4);
  const calls = made.lines.filter(({ message }) => message === "stream call");
  expect(calls.reduce((sum, { processed }) => sum + Number(processed), 0)).toBe(4);
});
