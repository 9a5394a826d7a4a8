import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { repositoryFolder } from "../../environments/repository";

const schema = z.object({ missing: z.array(z.string()), installed: z.boolean() });

/** What the set-up's own rules say of a checkout. They are plain Node, so that they also run before anything is installed. */
export async function lookAtSetUp(root: string, env: NodeJS.ProcessEnv): Promise<z.infer<typeof schema>> {
  const script = join(repositoryFolder(), "local", "setup", "look.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script, root], { env });
  return schema.parse(JSON.parse(stdout));
}
