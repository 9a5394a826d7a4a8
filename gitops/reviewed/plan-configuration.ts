import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";

/** Where a plan's file has the configuration, a folder a module (Terraform, `internal/plans/planfile`). */
const root = "tfconfig/m-/";

/** What Terraform takes for configuration. */
const isConfiguration = (name: string): boolean => /\.tf(\.json)?$/.test(name);

/**
 * Whether a plan's file brings along the configuration that lies in a folder, to the byte. Terraform applies the one in the file and looks at
 * no other. A file that is no plan, or has more than one module, brings along something else.
 */
export function bringsAlong(planFile: string, folder: string): boolean {
  try {
    const files = unzipSync(readFileSync(planFile), {
      filter: ({ name }) => name.startsWith("tfconfig/") && name !== "tfconfig/modules.json",
    });
    const own = readdirSync(folder).filter(isConfiguration).sort();
    const same = Object.keys(files).sort().join("\n") === own.map((name) => `${root}${name}`).join("\n");
    return (
      same && own.every((name) => readFileSync(join(folder, name)).equals(files[`${root}${name}`] ?? Buffer.alloc(0)))
    );
  } catch {
    return false;
  }
}
