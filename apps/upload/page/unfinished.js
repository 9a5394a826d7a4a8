const place = "darkroom-unfinished-uploads";

/** After it the bucket's lifecycle has removed the parts. */
const mostMilliseconds = 2 * 24 * 3600 * 1000;

/** Uploads in parts that are under way, kept in the browser over a reload. A file is known by name, size and time of change. */
export class Unfinished {
  #storage;

  constructor(storage = localStorage) {
    this.#storage = storage;
  }

  /** {id, name, sizeBytes, key, uploadId, startedAt, sentBytes, completing}, the oldest first. */
  get all() {
    try {
      const kept = JSON.parse(this.#storage.getItem(place) ?? "[]");
      return kept.filter(({ startedAt }) => Date.now() - startedAt < mostMilliseconds);
    } catch {
      return [];
    }
  }

  find(file) {
    return this.all.find(({ id }) => id === idOf(file));
  }

  /** Keeps where the file is uploaded to, how much of it S3 has, and whether S3 is told to put it together. */
  keep(file, { key, uploadId }, sentBytes, completing = false) {
    const id = idOf(file);
    const before = this.all.find((one) => one.id === id);
    const startedAt = before?.uploadId === uploadId ? before.startedAt : Date.now();
    const entry = { id, name: file.name, sizeBytes: file.size, key, uploadId, startedAt, sentBytes, completing };
    this.#write([...this.all.filter((one) => one.id !== id), entry]);
  }

  forget(uploadId) {
    this.#write(this.all.filter((one) => one.uploadId !== uploadId));
  }

  /** A browser that keeps nothing (private windows, full disk) still uploads; only going on after a reload is lost. */
  #write(entries) {
    try {
      this.#storage.setItem(place, JSON.stringify(entries));
    } catch {}
  }
}

/** Tells whether two files are the same, as far as a page can know. */
export const idOf = ({ name, size, lastModified }) => `${name}|${size}|${lastModified}`;
