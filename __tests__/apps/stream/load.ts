import { Agent, request } from "node:http";

/** What callers of a running app were told. */
export interface Load {
  /** Ids of images that were confirmed. */
  readonly acknowledged: readonly string[];
  /** How often each status was answered; `none` where the connection broke. */
  readonly answers: Readonly<Record<string, number>>;
  /** Stops sending, and resolves when the last answer is there. */
  stop(): Promise<void>;
}

/** How long a caller that was told to wait, or met nobody, waits. Shorter than it was told, so that more is tried. */
const waitMilliseconds = 50;

/** Sends an image again and again, by some callers at once, until it is stopped. */
export function load(url: string, image: Buffer, callers: number): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const acknowledged: string[] = [];
  const answers: Record<string, number> = {};
  let going = true;
  const caller = async (): Promise<void> => {
    while (going) {
      const { status, id } = await send(agent, url, image);
      answers[status] = (answers[status] ?? 0) + 1;
      if (status === "202") acknowledged.push(id);
      else await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
    }
  };
  const all = Promise.all(Array.from({ length: callers }, caller));
  return {
    acknowledged,
    answers,
    async stop() {
      going = false;
      await all;
      agent.destroy();
    },
  };
}

const send = (agent: Agent, url: string, image: Buffer): Promise<{ readonly status: string; readonly id: string }> =>
  new Promise((resolve) => {
    const none = { status: "none", id: "" };
    const sent = request(`${url}/images`, { method: "POST", agent, headers: { "content-length": image.length } });
    sent.once("error", () => resolve(none));
    sent.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", () => resolve(none));
      response.once("end", () => {
        const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { readonly id?: string };
        resolve({ status: String(response.statusCode), id: body.id ?? "" });
      });
    });
    sent.end(image);
  });
