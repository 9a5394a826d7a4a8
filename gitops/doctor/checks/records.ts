import { RecordStore } from "../../record/record-store";
import { defaultStore } from "../../store/default-store";
import { storeOf } from "../../store/store-of";
import { messageOf, UserError } from "../../user-error";
import type { AccountCheck } from "../check";
import { type Finding, fault, ok, unchecked, warning } from "../finding";

const hours = 60 * 60 * 1000;
/** No job of an apply lasts longer (apply.yml). */
const longestApply = 2 * hours;
/** GitHub runs nothing again that is older. */
const longestAgo = 30 * 24 * hours;

/** Applies that began and left no record. */
export const records: AccountCheck = {
  title: "applies",
  look: async ({ environment, caller: { env }, now }): Promise<readonly Finding[]> => {
    const { name, region, github } = environment;
    try {
      const store = new RecordStore(storeOf(defaultStore(environment), env, region));
      const open = (await store.allUnfinished(name)).filter(
        ({ startedAt }) => now.getTime() - Date.parse(startedAt) < longestAgo,
      );
      if (open.length === 0) return [ok("every apply of the last 30 days that began has its record")];
      return open.map(({ merge, startedAt, run, actor }) => {
        const text = `the apply of ${merge.slice(0, 12)} began ${startedAt}, started by ${actor}, and left no record`;
        const where = `https://github.com/${github.repository}/actions/runs/${run.id}`;
        return now.getTime() - Date.parse(startedAt) < longestApply
          ? warning(`${text}; it may still run`, `look at ${where}`)
          : fault(`${text}: it was killed`, `unlock the state if it is locked, then run ${where} again`);
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [unchecked(`the records can't be read: ${messageOf(error)}`, `npm run bootstrap -- ${name}`)];
    }
  },
};
