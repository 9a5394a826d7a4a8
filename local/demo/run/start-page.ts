import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../../gitops/user-error";
import type { Credit, PageData } from "../page/page-data";
import { pageServer } from "../page/server";

/** The page while it is served. */
export interface Page {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the page on 127.0.0.1. @throws UserError when the port is taken */
export async function startPage(data: PageData, port = 0): Promise<Page> {
  const server = pageServer(data);
  try {
    return { url: await server.listen({ host: "127.0.0.1", port }), stop: () => server.close() };
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES")) {
      throw new UserError(
        `Port ${port} of 127.0.0.1 can't be had for the page (${error.code}). Choose another with --port.`,
      );
    }
    throw error;
  }
}

const creditList = z.array(
  z.object({ file: z.string(), shows: z.string(), author: z.string(), licence: z.string(), source: z.string() }),
);

/** Who made the photographs, as set-up wrote it beside them; nothing when it did not. */
export function readCredits(photographsFolder: string): Credit[] {
  try {
    return creditList.parse(JSON.parse(readFileSync(join(photographsFolder, "credits.json"), "utf8")));
  } catch {
    return [];
  }
}
