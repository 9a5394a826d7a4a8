import type { Problem } from "../../../apps/common/problem";
import { Intake } from "../../../apps/stream/intake";

/** An intake whose clock stands still until it is told to go on. */
function newIntake() {
  const clock = { seconds: 0 };
  const intake = new Intake({ mostBytes: 1000, lagSeconds: 2, downSeconds: 5, now: () => clock.seconds * 1000 });
  return { clock, intake };
}

const problemOf = (act: () => unknown): object => {
  try {
    act();
  } catch (error) {
    return (error as Problem).body;
  }
  throw new Error("It was let in.");
};

const busy = (detail: string) => ({
  type: "/problems/busy",
  title: "More images come than can be passed on",
  status: 429,
  detail: `${detail} Send the image again.`,
  retryAfterSeconds: 2,
});

const down = (detail: string) => ({
  type: "/problems/stream-down",
  title: "The stream of images is down",
  status: 503,
  detail: `${detail} Send the image again later.`,
  retryAfterSeconds: 5,
});

it("bounds the bytes under way, by what images announce and then by what they have", () => {
  const { intake } = newIntake();
  const first = intake.admit(900, "inline");
  expect(problemOf(() => intake.admit(101, "inline"))).toEqual(
    busy("900 bytes of images are under way, and at most 1000 may be."),
  );
  first.sending(400, "inline");
  const second = intake.admit(600, "inline");
  expect(problemOf(() => intake.admit(1, "inline"))).toMatchObject({ status: 429 });
  first.done("confirmed");
  second.done("refused");
  intake.admit(1000, "inline");
});

it("lets an image that is larger than all room in alone", () => {
  const { intake } = newIntake();
  intake.admit(5000, "inline").done("refused");
  intake.admit(1, "inline");
  expect(problemOf(() => intake.admit(5000, "inline"))).toMatchObject({ status: 429 });
});

it("slows callers down when the oldest image waits, and takes Kafka for down when it waits long", () => {
  const { clock, intake } = newIntake();
  const oldest = intake.admit(1, "inline");
  clock.seconds = 10;
  // It was read for ten seconds, which is not Kafka's fault.
  expect(intake.trouble).toBeUndefined();
  oldest.sending(1, "inline");
  clock.seconds = 11.9;
  intake.admit(1, "inline").sending(1, "inline");
  clock.seconds = 12;
  expect(problemOf(() => intake.admit(1, "inline"))).toEqual(busy("Confirmations take more than 2 s."));
  expect(intake.trouble).toBeUndefined();
  clock.seconds = 15;
  expect(problemOf(() => intake.admit(1, "inline"))).toEqual(down("Nothing was confirmed for 5 s."));
  expect(intake.trouble).toBe("Kafka confirms nothing.");
  oldest.done("confirmed");
  expect(problemOf(() => intake.admit(1, "inline"))).toMatchObject({ status: 429 });
});

it("lets one image at a time find out whether the way is open again", () => {
  const { intake } = newIntake();
  const failing = intake.admit(1, "inline");
  failing.sending(1, "inline");
  failing.done("failed");
  expect(intake.trouble).toBe("Kafka did not confirm the last image.");
  const trial = intake.admit(1, "inline");
  expect(problemOf(() => intake.admit(1, "inline"))).toEqual(down("The last image was not confirmed."));
  // Refused for its own fault, it found out nothing.
  trial.done("refused");
  const second = intake.admit(1, "inline");
  second.sending(1, "inline");
  second.done("confirmed");
  expect(intake.trouble).toBeUndefined();
  intake.admit(1, "inline");
  intake.admit(1, "inline");
});

it("S3 that is down holds up large images alone, Kafka that is down all", () => {
  const { clock, intake } = newIntake();
  const large = intake.admit(1, "claim");
  large.sending(1, "claim");
  clock.seconds = 6;
  expect(problemOf(() => intake.admit(1, "claim"))).toMatchObject({ status: 503 });
  const small = intake.admit(1, "inline");
  small.sending(1, "inline");
  large.done("confirmed");
  intake.admit(1, "claim");
  clock.seconds = 12;
  expect(problemOf(() => intake.admit(1, "claim"))).toMatchObject({ status: 503 });
});
