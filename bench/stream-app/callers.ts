import { Agent, request } from "node:http";

/**
 * Sends an image again and again by some callers at once, each when it has its answer, for some seconds.
 * @returns how many were confirmed. @throws Error when one was not
 */
export async function sendFor(url: string, image: Buffer, callers: number, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const until = performance.now() + seconds * 1000;
  let confirmed = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      await send(agent, url, image);
      confirmed++;
    }
  };
  try {
    await Promise.all(Array.from({ length: callers }, caller));
    return confirmed;
  } finally {
    agent.destroy();
  }
}

const send = (agent: Agent, url: string, image: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "image/jpeg", "content-length": image.length };
    const sent = request(`${url}/images`, { method: "POST", agent, headers });
    sent.once("error", reject);
    sent.once("response", (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 202 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
    });
    sent.end(image);
  });
