/** Objects by key that are written once and never again. */
export interface AppendOnlyStore {
  /** For messages: where the objects lie. */
  readonly place: string;
  /** @returns false when there is an object of that key already; it stays as it is. */
  put(key: string, content: Uint8Array): Promise<boolean>;
  /** @returns undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys that begin with `prefix`, sorted. */
  list(prefix: string): Promise<string[]>;
}
