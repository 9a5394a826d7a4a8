import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeAtEnd } from "../fixtures/remove-at-end";

/** A folder for one test file, removed after it. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-test-"));
  removeAtEnd(folder);
  return folder;
}

/** Writes a file and the folders above it; returns its path. */
export function write(file: string, text = ""): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Writes an executable shell script; returns its path. */
export function writeScript(file: string, lines: readonly string[]): string {
  write(file, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(file, 0o755);
  return file;
}
