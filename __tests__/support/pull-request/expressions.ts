import { runInNewContext } from "node:vm";

/** What expressions of a workflow may name: `github`, `needs`, `steps`, `matrix`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the jobs that a job needs, or the steps before a step, have ended. */
export interface Ended {
  readonly failed: boolean;
}

/** The value of one expression of GitHub's, as far as the workflows here use the language: it is close to JavaScript's. */
export function evaluate(expression: string, contexts: Contexts, { failed }: Ended = { failed: false }): unknown {
  const functions = {
    success: () => !failed,
    failure: () => failed,
    always: () => true,
    cancelled: () => false,
    contains: (list: readonly unknown[], item: unknown) => list.includes(item),
    fromJSON: (text: string) => JSON.parse(text) as unknown,
    hashFiles: () => "0",
  };
  const script = expression
    .replace(/(\w+)\.\*\.(\w+)/g, "Object.values($1).map((each) => each.$2)")
    .replace(/\.([A-Za-z_]\w*(?:-\w+)+)/g, '["$1"]');
  return runInNewContext(script, { ...contexts, ...functions }) as unknown;
}

/** A text with its expressions replaced; the value itself where it is one expression and nothing else. */
export function filled(text: string, contexts: Contexts): unknown {
  const only = /^\$\{\{((?:(?!\}\}).)*)\}\}$/.exec(text.trim())?.[1];
  if (only !== undefined) return evaluate(only, contexts);
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluate(expression, contexts)));
}

/** Whether a job or a step with this condition runs; without a word on how others ended, all have to have ended well. */
export function isMet(condition: string | undefined, contexts: Contexts, ended: Ended): boolean {
  const text = (condition ?? "success()").replace(/^\$\{\{(.*)\}\}$/, "$1");
  const own = /\b(success|failure|always|cancelled)\(\)/.test(text);
  if (!own && ended.failed) return false;
  return Boolean(evaluate(text, contexts, ended));
}
