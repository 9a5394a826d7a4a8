import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { processingSettings } from "../../environments/settings/processing";
import { UserError } from "../../gitops/user-error";

/** Files that are made, by their template. */
const files: Readonly<Record<string, (name: string) => string>> = {
  "index.ts": (name) => `functions/${name}/index.ts`,
  "placeholder.ts": (name) => `functions/${name}/placeholder.ts`,
  "README.md": (name) => `functions/${name}/README.md`,
  "index.test.ts": (name) => `__tests__/functions/${name}/index.test.ts`,
};

/**
 * Makes a folder of image code that works and is tested.
 * @returns the files that were written, relative to `root`
 * @throws UserError when the name is none, or something of that name is there.
 */
export function scaffold(root: string, name: string): string[] {
  checkName(name);
  for (const folder of [`functions/${name}`, `__tests__/functions/${name}`]) {
    if (existsSync(join(root, folder))) {
      throw new UserError(
        `${folder} is there already, and nothing was changed. Choose another name, or remove it first.`,
      );
    }
  }
  return Object.entries(files).map(([template, place]) => {
    const text = readFileSync(join(__dirname, "template", `${template}.template`), "utf8");
    const file = place(name);
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text.replaceAll("{{name}}", name));
    return file;
  });
}

/** The settings know which names can be written into an environment file. */
function checkName(name: string): void {
  if (processingSettings.shape.code.safeParse({ folder: `functions/${name}` }).success) return;
  const expected =
    "a name of a lower-case letter and at most 31 lower-case letters, digits or '-', other than the folders of Darkroom itself";
  throw new UserError(`Expected ${expected}, but got ${JSON.stringify(name)}. For example: watermark.`);
}
