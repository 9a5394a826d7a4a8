import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Named records of one kind, for example the clusters of an account and region. */
export interface Collection<T> {
  get(key: string): T | undefined;
  all(): readonly T[];
  put(key: string, value: T): T;
  remove(key: string): void;
}

/** The collections of one service, account and region, by name. */
export type Collections = <T>(name: string) => Collection<T>;

type Stored = Record<string, Record<string, Record<string, unknown>>>;

/** What the gaps remember: one JSON file, written whole and at once, so that a crash leaves the old or the new one. */
export class GatewayState {
  readonly #file: string;
  readonly #stored: Stored;

  /** @throws Error when the file is not the JSON this class wrote. */
  constructor(file: string) {
    this.#file = file;
    this.#stored = read(file);
  }

  collections(service: string, account: string, region: string): Collections {
    const scope = `${service}/${account}/${region}`;
    return <T>(name: string) => this.#collection<T>(scope, name);
  }

  #collection<T>(scope: string, name: string): Collection<T> {
    const records = (): Record<string, unknown> => this.#stored[scope]?.[name] ?? {};
    const change = (key: string, value: T | undefined): void => {
      const { [key]: _, ...others } = records();
      this.#stored[scope] = {
        ...this.#stored[scope],
        [name]: value === undefined ? others : { ...others, [key]: value },
      };
      this.#write();
    };
    return {
      get: (key) => structuredClone(records()[key]) as T | undefined,
      all: () => structuredClone(Object.values(records())) as T[],
      put: (key, value) => {
        change(key, structuredClone(value));
        return value;
      },
      remove: (key) => change(key, undefined),
    };
  }

  #write(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(this.#stored, null, 1));
    renameSync(next, this.#file);
  }
}

const read = (file: string): Stored => {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Stored;
  } catch (cause) {
    throw new Error(`${file}: expected the JSON the local gateway wrote. Delete the file (and the local account)`, {
      cause,
    });
  }
};
