import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../../../gitops/user-error";
import { Closing, exitCodeAfter } from "../../../../local/demo/run/closing";
import { errorText, Interrupted } from "../../../../local/demo/run/known-error";
import { plainView } from "../../../../local/demo/run/plain-view";
import { Steps } from "../../../../local/demo/run/steps";

const linesOf = () => {
  const lines: string[] = [];
  return { lines, view: plainView((line) => lines.push(line.replace(/\d+\.\d s/, "N s"))) };
};

it("starts a step when what it needs is there, and hands that over", async () => {
  const { lines, view } = linesOf();
  const steps = new Steps(view, new AbortController());
  const one = steps.add("one", [], async (_, note) => {
    note("half");
    return 1;
  });
  const two = steps.add("two", [], async () => "two");
  const sum = steps.add("sum", [one, two], async ([first, second]) => `${first} ${second}`);
  await steps.settle();
  expect(await sum).toBe("1 two");
  expect(lines).toEqual(["✔ one: half (N s)", "✔ two (N s)", "✔ sum (N s)"]);
});

it("fails with the first failure, aborts the others and leaves out what needs it", async () => {
  const { lines, view } = linesOf();
  const abort = new AbortController();
  const steps = new Steps(view, abort);
  const bad = steps.add("bad", [], async () => {
    throw new UserError("broken");
  });
  void steps.add(
    "long",
    [],
    () => new Promise((_, reject) => abort.signal.addEventListener("abort", () => reject(new Error("aborted")))),
  );
  let ran = false;
  void steps.add("after", [bad], async () => {
    ran = true;
  });
  await expect(steps.settle()).rejects.toThrow("broken");
  expect(ran).toBe(false);
  expect(lines).toEqual(["✖ bad (N s)", "✖ long: stopped (N s)"]);
  expect(steps.reports.map(({ state }) => state)).toEqual(["failed", "failed", "waiting"]);
});

it("ends what was started in the reverse order, once, and what is started later at once", async () => {
  const ended: string[] = [];
  const closing = new Closing();
  for (const name of ["a", "b"]) await closing.add(name, () => ended.push(name));
  await Promise.all([closing.close(), closing.close()]);
  await closing.add("late", () => ended.push("late"));
  expect(ended).toEqual(["b", "a", "late"]);
});

it("ends the rest when one does not end well, and says which", async () => {
  const ended: string[] = [];
  const closing = new Closing();
  await closing.add("a", () => ended.push("a"));
  await closing.add("b", () => Promise.reject(new Error("stuck")));
  expect(await closing.close()).toEqual(["b: stuck"]);
  expect(ended).toEqual(["a"]);
});

it("is no success while something could not be ended", async () => {
  const said: string[] = [];
  const end = async (code: number, stop: () => unknown) => {
    const closing = new Closing();
    await closing.add("Kafka", stop);
    return exitCodeAfter(closing, code, (fault) => said.push(fault));
  };
  const stuck = () => Promise.reject(new Error("stuck"));
  expect([await end(0, () => {}), await end(0, stuck), await end(130, stuck)]).toEqual([0, 1, 130]);
  expect(said).toEqual(["Kafka: stuck", "Kafka: stuck"]);
});

it.each(["aborted", "failing"])(
  "ends the list of a terminal when every step ends before it is shown: %s",
  async (how) => {
    const program = resolve(__dirname, "../../../fixtures/show-steps.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program, how]);
    expect(stdout).toContain("ended: broken");
  },
);

it("shows a stack trace only where the cause is not known", () => {
  expect(errorText(new UserError("Do this."))).toBe("Do this.");
  expect(errorText(new Interrupted("SIGTERM"))).toBe("Ended by SIGTERM.");
  expect(errorText(new TypeError("x is not a function"))).toContain("    at ");
});
