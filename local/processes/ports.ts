import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Where ports are looked for: below those that systems give to whoever asks for any, connections among them (from 32768 on Linux, from
 * 49152 on macOS), which a server would lose its port to while it starts. Above those that browsers refuse.
 */
const range = { from: 20_000, below: 32_768 };

const mostTries = 100;

/** Whether `port` on 127.0.0.1 can be listened on now. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

/**
 * A port of 127.0.0.1 that nobody listens on now: `preferred` when it is free. Somebody may take it before it is used, though hardly anybody
 * asks for one of these. @throws Error when there is none
 */
export const freePort = async (preferred?: number): Promise<number> => {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let tries = 0; tries < mostTries; tries++) {
    const port = randomInt(range.from, range.below);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port of 127.0.0.1 from ${range.from} to ${range.below - 1} was free in ${mostTries} tries`);
};
