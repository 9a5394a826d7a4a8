import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Bytes of a connection that pass before it is cut; everything when left out. */
export interface Cut {
  readonly up?: number;
  readonly down?: number;
}

export interface CuttingProxy {
  readonly endpoint: string;
  /** What becomes of the next connections, one each; those after them pass whole. */
  cuts: Cut[];
  stop(): Promise<void>;
}

/** A connection to `upstream` that breaks where it is told to: in the middle of an upload, or before or within an answer. */
export async function startCuttingProxy(upstream: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(upstream);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const { up = Number.POSITIVE_INFINITY, down = Number.POSITIVE_INFINITY } = proxy.cuts.shift() ?? {};
    const service = connect(Number(port), hostname);
    const end = (): void => {
      client.destroy();
      service.destroy();
    };
    const pass = (from: Socket, to: Socket, most: number): void => {
      let left = most;
      from.on("data", (chunk: Buffer) => {
        to.write(chunk.subarray(0, left));
        left -= chunk.length;
        if (left <= 0) to === client ? end() : to.end();
      });
    };
    pass(client, service, up);
    pass(service, client, down);
    for (const socket of [client, service]) {
      open.add(socket);
      socket.on("error", end).on("close", () => {
        open.delete(socket);
        end();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: CuttingProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
  return proxy;
}
