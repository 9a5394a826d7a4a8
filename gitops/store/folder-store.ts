import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { AppendOnlyStore } from "./append-only-store";

/** A folder on this computer; only its owner may read what is in it. */
export class FolderStore implements AppendOnlyStore {
  constructor(readonly place: string) {}

  async put(key: string, content: Uint8Array): Promise<boolean> {
    const file = join(this.place, key);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, content, { mode: 0o600 });
    try {
      // A link is made whole or not at all, and never over another file.
      linkSync(temporary, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const file = join(this.place, key);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  async list(prefix: string): Promise<string[]> {
    if (!existsSync(this.place)) return [];
    return readdirSync(this.place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".tmp"))
      .map((entry) => relative(this.place, join(entry.parentPath, entry.name)).split(sep).join("/"))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }
}
