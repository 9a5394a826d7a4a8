import { readdirSync, readFileSync } from "node:fs";

/** A process below another one. */
export interface Descendant {
  readonly pid: number;
  /** `terraform` */
  readonly name: string;
}

/** All processes that a process has started, and those that they have started. */
export function descendants(pid: number): Descendant[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // pid (name) state parent …; a name may hold brackets of its own.
        const [, own, title, parent] =
          /^(\d+) \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
        return [{ pid: Number(own), name: title ?? "", parent: Number(parent) }];
      } catch {
        return []; // it has just ended
      }
    });
  const below = (of: number): Descendant[] =>
    all.filter(({ parent }) => parent === of).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}
