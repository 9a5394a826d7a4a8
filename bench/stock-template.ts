import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a synth reads; everything else is left out of the copy. */
const sources = ["main.ts", "cdktf.json", "environments", "stacks", "modules", "functions", "apps", "notebooks"];

/** `tsconfig.json` of cdktf's TypeScript template, less the checks that our style does not keep. */
const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    module: "CommonJS",
    moduleResolution: "node",
    lib: ["es2023"],
    types: ["node"],
    strict: true,
    esModuleInterop: true,
    skipLibCheck: true,
  },
};

/** The same stacks as cdktf's own template would run them: ts-node, and the provider's classes from its barrel. */
export async function makeStockTemplate(
  root: string,
): Promise<{ readonly folder: string; readonly tsNode: readonly string[] }> {
  const folder = join(root, ".cache", "bench", "stock");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const source of sources) await cp(join(root, source), join(folder, source), { recursive: true });
  await mkdir(join(folder, ".cache"));
  for (const bundles of ["functions", "apps"])
    await symlink(join(root, ".cache", bundles), join(folder, ".cache", bundles));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  for (const part of ["stacks", "modules"]) {
    for (const file of await readdir(join(folder, part))) {
      const path = join(folder, part, file);
      await writeFile(path, importFromBarrel(await readFile(path, "utf8")));
    }
  }
  const tools = join(root, ".cache", "bench", "tools");
  await mkdir(tools, { recursive: true });
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) {
    await cp(join(root, "bench", "stock", file), join(tools, file));
  }
  await run("npm", ["ci"], { cwd: tools });
  const packages = join(tools, "node_modules");
  return { folder, tsNode: [join(packages, "ts-node", "dist", "bin.js"), "--compiler", join(packages, "typescript")] };
}

/** `import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket"` as the barrel offers it: a namespace a resource. */
function importFromBarrel(source: string): string {
  const deepImport = /import (?:type )?\{([^}]*)\} from "@cdktf\/provider-aws\/lib\/([\w-]+)";/g;
  return source.replace(deepImport, (_, names: string, library: string) => {
    const namespace = library.replace(/-(\w)/g, (__, letter: string) => letter.toUpperCase());
    const aliases = names
      .split(",")
      .map((name) => name.replace(/\btype\b/, "").trim())
      .filter(Boolean)
      .map((name) => {
        const [original, alias = original] = name.split(/\s+as\s+/);
        return `import ${alias} = ${namespace}Library.${original};`;
      });
    return [`import { ${namespace} as ${namespace}Library } from "@cdktf/provider-aws";`, ...aliases].join("\n");
  });
}
