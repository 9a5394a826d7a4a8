import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { freePort, isFree } from "../../../local/processes/ports";

const file = "/proc/sys/net/ipv4/ip_local_port_range";
/** The first port that Linux gives to connections; elsewhere they begin higher. */
const firstGiven = existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : 32_768;

it("a free port is none that the system gives to connections, which could take it before it is used", async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  expect(Math.max(...ports)).toBeLessThan(firstGiven);
  for (const port of ports) expect(await isFree(port)).toBe(true);
});

it("a port is the preferred one while nobody listens there", async () => {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  expect(await freePort(port)).not.toBe(port);
  server.close();
  await once(server, "close");
  expect(await freePort(port)).toBe(port);
});
