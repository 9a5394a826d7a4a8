import type { LambdaClient } from "@aws-sdk/client-lambda";
import { takeImages } from "../../operations/dispatch";

const image = (key: string) => ({
  key,
  etag: '"e"',
  sizeBytes: 5,
  lastModified: new Date("2026-01-31T12:00:00.900Z"),
});
const backoff = { baseMilliseconds: 1, capMilliseconds: 1 };
type Reply = { readonly Payload?: Uint8Array; readonly FunctionError?: string };

/** A function that answers one reply after the other, the last one for ever; `events` is what it got. */
function lambdaWith(...replies: readonly (Reply | Error)[]) {
  const events: unknown[] = [];
  const send = async ({ input }: { readonly input: { readonly Payload: Uint8Array } }) => {
    const reply = replies[Math.min(events.length, replies.length - 1)];
    events.push(JSON.parse(Buffer.from(input.Payload).toString()));
    if (reply instanceof Error) throw reply;
    return { $metadata: {}, ...reply };
  };
  const props = { lambda: { send } as unknown as LambdaClient, functionName: "batch", backoff };
  return { events, props };
}

const answers = (content: unknown): Reply => ({ Payload: Buffer.from(JSON.stringify(content)) });
const named = (name: string): Error => Object.assign(new Error("no"), { name });

it("gives images as the Distributed Map lists them", async () => {
  const { events, props } = lambdaWith(answers({ left: 0, Items: [], summary: "{}" }));
  expect(await takeImages([image("refused/a")], props)).toEqual({ left: [] });
  expect(events).toEqual([{ Items: [{ Etag: '"e"', Key: "refused/a", LastModified: 1_769_860_800, Size: 5 }] }]);
});

it("gives back to the function what it left, and only that", async () => {
  const left = { Items: [{ Key: "b", Size: 5 }], left: 1, summary: "{}" };
  const { events, props } = lambdaWith(answers(left), answers({ left: 0, Items: [], summary: "{}" }));
  expect(await takeImages([image("a"), image("b")], props)).toEqual({ left: [] });
  expect(events[1]).toEqual(left);
});

it("tells after three calls what is left, and why", async () => {
  const { events, props } = lambdaWith(answers({ Items: [{ Key: "b" }], left: 1, summary: "SlowDown" }));
  expect(await takeImages([image("a"), image("b")], props)).toEqual({ left: ["b"], failure: "SlowDown" });
  expect(events).toHaveLength(3);
});

it("takes all images of a call that crashed for left", async () => {
  const { props } = lambdaWith({ FunctionError: "Unhandled", Payload: Buffer.from("out of memory") });
  expect(await takeImages([image("a"), image("b")], props)).toEqual({ left: ["a", "b"], failure: "out of memory" });
});

it("waits for a throttled function", async () => {
  const { events, props } = lambdaWith(named("TooManyRequestsException"), answers({ left: 0, Items: [], summary: "" }));
  expect(await takeImages([image("a")], props)).toEqual({ left: [] });
  expect(events).toHaveLength(2);
});

it.each([
  [named("ResourceNotFoundException"), "There is no function batch: apply the environment's compute stack first."],
  [named("Throttled"), "The function batch could not be called 10 times: Throttled: no."],
  [
    answers({ processed: 1 }),
    "The function batch is older than this command: apply the environment's compute stack first.",
  ],
])("says in a sentence what is to be done (%#)", async (reply, message) => {
  await expect(takeImages([image("a")], lambdaWith(reply).props)).rejects.toThrow(message);
});
