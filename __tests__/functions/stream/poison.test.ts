import type { MSKEvent, MSKRecord } from "aws-lambda";
import { errorFields } from "../../../functions/common/log";
import { handleStream } from "../../../functions/stream/handler";
import { deliver } from "../../../local/event-source/deliver";
import type { GivenUp } from "../../../local/event-source/failure-record";
import type { Invocation } from "../../../local/event-source/invoke";
import { deploy, inline, timeFor } from "../flow";

const bytes = Buffer.from("image");
const settings = {
  maxRetries: 3,
  maxAgeSeconds: Number.POSITIVE_INFINITY,
  bisect: true,
  partialResponses: true,
  sourceArn: "arn:aws:kafka:eu-central-1:000000000000:cluster/images/1",
};

/** Delivers records of one partition as the deployed mapping does, to a function for which images of `poison` always fail. */
async function deliverTo(poison: readonly string[], records: readonly MSKRecord[]) {
  const worked: string[] = [];
  const given: { readonly offsets: readonly number[]; readonly invocations: number }[] = [];
  const process = (async ({ id }: { readonly id: string }) => {
    worked.push(id);
    return { outputs: [], features: {} };
  }) as never;
  const deployed = deploy({ process });
  deployed.store.failOn = (call) => poison.some((id) => call.includes(`/${id}-`));
  const invoke = async (payload: string): Promise<Invocation> => {
    const answer = handleStream(JSON.parse(payload) as MSKEvent, timeFor(), deployed);
    return answer.then(
      (response) => ({ kind: "answered", answer: JSON.stringify(response), requestId: "1" }),
      (error: unknown) => ({
        kind: "failed",
        answer: JSON.stringify(errorFields(error)),
        requestId: "1",
        functionError: "Unhandled",
        executedVersion: "$LATEST",
        statusCode: 200,
      }),
    );
  };
  const giveUp = async ({ records: lost, invocations }: GivenUp): Promise<void> => {
    given.push({ offsets: lost.map(({ offset }) => offset), invocations });
  };
  await deliver(records, settings, { brokers: [], invoke, giveUp, pause: async () => undefined, now: () => 0 });
  return { worked, given };
}

const batch = (...ids: readonly string[]): MSKRecord[] => ids.map((id, offset) => inline(id, bytes, offset));

it.each([
  ["first", ["p", "b", "c", "d", "e"], [0]],
  ["in the middle", ["a", "b", "p", "d", "e"], [2]],
  ["last", ["a", "b", "c", "d", "p"], [4]],
  ["alone", ["p"], [0]],
])(
  "a record that always fails is given up alone after its retries, the others are processed once: %s",
  async (_, ids, offsets) => {
    const { worked, given } = await deliverTo(["p"], batch(...ids));
    expect(given).toEqual([{ offsets, invocations: 4 }]);
    expect([...worked].sort()).toEqual(ids.filter((id) => id !== "p"));
  },
);

it("two records that always fail are each given up alone", async () => {
  const { worked, given } = await deliverTo(["p", "q"], batch("p", "a", "b", "q", "c"));
  expect(given.map(({ offsets }) => offsets)).toEqual([[0], [3]]);
  expect([...worked].sort()).toEqual(["a", "b", "c"]);
});

it("when everything fails, every record is given up, none is lost", async () => {
  const { given } = await deliverTo(["a", "b", "c", "d"], batch("a", "b", "c", "d"));
  expect(given.flatMap(({ offsets }) => offsets)).toEqual([0, 1, 2, 3]);
});
