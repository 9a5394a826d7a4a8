import { type LeafChange, pathOf } from "../leaf-changes";
import { counted, type Words } from "./words";

const said = (days: number | undefined): string =>
  days === undefined ? "until somebody removes it" : counted(days, "day");

/** How long what analysts' jobs made is kept; left out, it stays. A number where there was none deletes as a smaller one does. */
export function modelDaysWords({ path, before, after }: LeafChange, environment: string): Words[] | undefined {
  if (pathOf(path) !== "analytics.modelDays") return undefined;
  const [was, now] = [before as number | undefined, after as number | undefined];
  const change = `${environment} keeps what training and other jobs made ${said(now)} instead of ${said(was)}.`;
  if (now === undefined || (was !== undefined && now > was)) {
    return [{ words: `${change} What is there now is kept longer too.` }];
  }
  const gone = `What was written more than ${said(now)} ago is deleted at the next midnight UTC after this is applied, for good.`;
  return [{ words: `${change} ${gone}`, gate: "retention-shortened" }];
}
