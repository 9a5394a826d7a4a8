import { join } from "node:path";
import type { Plugin } from "esbuild";

/** The one file that imports the engineers' code, and what it imports. */
const binding = { importer: "functions/common/image-code.ts", path: "../processing" };

/** Puts the folder of code that an environment names in the place of the default one. */
export const bindCode = (root: string, code: string): Plugin => ({
  name: "bind-code",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.\/processing$/ }, ({ importer }) =>
      importer === join(root, binding.importer) ? { path: join(root, code, "index.ts") } : undefined,
    );
  },
});
