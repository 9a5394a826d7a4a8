import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../../environments/repository";
import { compiledCli, compiledCode } from "./compiled-cli";

/** What set-up made and jobs may share, since no job changes it. */
const shared = ["python", "terraform-providers", "terraform-registry.json", "provider-registry.json"];
/** What a job may make, and takes over where an earlier one has made it. Bundles are none: no stack of these trees holds a function or a web app. */
const made = ["synth"];

const parts = (folder: string, names: readonly string[]): string[] =>
  names.filter((name) => existsSync(join(folder, name)));

/** Makes the cache of which the jobs of a test have a copy each, as GitHub's own cache would give it to them. */
export function makeCache(cache: string): void {
  const own = join(repositoryFolder(), ".cache");
  mkdirSync(cache, { recursive: true });
  for (const name of parts(own, shared)) symlinkSync(join(own, name), join(cache, name));
  for (const name of parts(own, made)) cpSync(join(own, name), join(cache, name), { recursive: true });
}

/** Fills the `.cache` of a job's checkout. */
export function takeCache(cache: string, workspace: string): void {
  const own = join(workspace, ".cache");
  mkdirSync(join(own, "synth"), { recursive: true });
  for (const name of parts(cache, [...shared, compiledCli, compiledCode]))
    symlinkSync(join(cache, name), join(own, name));
  // The libraries' bundle takes seconds to make, and is megabytes to copy.
  for (const file of parts(cache, ["synth"]).flatMap((name) => readdirSync(join(cache, name)))) {
    if (file.startsWith("libraries-")) symlinkSync(join(cache, "synth", file), join(own, "synth", file));
  }
}

/** Keeps the bundles of libraries that a job has made. */
export function keepCache(cache: string, workspace: string): void {
  const own = join(workspace, ".cache", "synth");
  if (!existsSync(own)) return;
  mkdirSync(join(cache, "synth"), { recursive: true });
  for (const file of readdirSync(own)) {
    const kept = join(cache, "synth", file);
    if (/^libraries-\w+\.cjs(\.v8)?$/.test(file) && !lstatSync(join(own, file)).isSymbolicLink() && !existsSync(kept)) {
      cpSync(join(own, file), kept);
    }
  }
}
