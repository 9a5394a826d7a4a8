import { rule } from "./rule";

/** The account of the emulated environment, which AWS never gives away. */
const emulated = "000000000000";

/** Only `local` is emulated; every other environment is in an account of AWS. */
export const account = rule(["account"], function* ({ name, account }) {
  if (name === "local" || account !== emulated) return;
  yield {
    path: ["account"],
    expected: "an account of AWS",
    toDo: "Write the account's number; only local is emulated.",
  };
});
