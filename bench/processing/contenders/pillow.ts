import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Versions that were measured; a newer one is measured by changing them here. */
const releases = { pillow: "pillow==13.0.0", "pillow-simd": "pillow-simd==12.1.1.post0" } as const;

export type PillowRelease = keyof typeof releases;

export interface PillowInstallation {
  /** undefined: pip could not install it. */
  readonly python: string | undefined;
  /** What it was installed as, or why it was not. */
  readonly note: string;
}

/**
 * Installs a release of Pillow by pip into a Python environment of its own. Pillow-SIMD comes as source: it is compiled
 * here with AVX2, as its own instructions say, and can do what the computer has the headers of libjpeg, libwebp and
 * lcms2 for.
 */
export async function installPillow(root: string, release: PillowRelease): Promise<PillowInstallation> {
  const folder = join(root, ".cache", "bench", release);
  const python = join(folder, "bin", "python");
  const marker = join(folder, ".installed");
  const requirement = releases[release];
  if (existsSync(marker)) return { python, note: requirement };
  await rm(folder, { recursive: true, force: true });
  try {
    await run("python3", ["-m", "venv", folder]);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir", requirement];
    await run(python, pip, { env: { ...process.env, ...(release === "pillow-simd" ? { CC: "cc -mavx2" } : {}) } });
  } catch (error) {
    const [line = ""] = String((error as { readonly stderr?: string }).stderr ?? error)
      .split("\n")
      .filter((text) => /error/i.test(text));
    return { python: undefined, note: `${requirement} could not be installed: ${line.trim().slice(0, 200)}` };
  }
  await writeFile(marker, "");
  return { python, note: requirement };
}
