import { randomUUID } from "node:crypto";
import { dayOf } from "../../functions/common/keys";
import { prefixes } from "../../functions/common/layout";

/** Characters of a file's name that are kept; a key of S3 has 1024 bytes at most. */
const mostCharacters = 100;

const form = new RegExp(
  `^${prefixes.pending}\\d{4}-\\d{2}-\\d{2}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[\\p{L}\\p{M}\\p{N}._-]{1,${mostCharacters}}$`,
  "u",
);

/**
 * A key of its own for each upload, so that none replaces another: below `pending/`, by day, with the file's name for
 * people. `C:\pictures\Grüße 1.jpg` becomes `pending/2026-01-31/<UUID>/Grüße_1.jpg`.
 */
export const newUploadKey = (fileName: string, now: Date): string =>
  `${prefixes.pending}${dayOf(now)}/${randomUUID()}/${plainName(fileName)}`;

/** Whether it is a key as {@link newUploadKey} makes them. */
export const isUploadKey = (key: string): boolean => form.test(key);

function plainName(fileName: string): string {
  const last = fileName.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = [...last.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "_")];
  // The end tells what kind of file it is.
  const short =
    plain.length <= mostCharacters ? plain : [...plain.slice(0, mostCharacters - 11), "_", ...plain.slice(-10)];
  const name = short.join("");
  return /[\p{L}\p{N}]/u.test(name) ? name : "image";
}
