import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { startKafka } from "../../../local/processes/kafka";
import * as ports from "../../../local/processes/ports";
import { temporaryFolders } from "../../fixtures/temporary-folder";

jest.mock("../../../local/processes/ports", () => ({
  __esModule: true,
  ...jest.requireActual("../../../local/processes/ports"),
}));
const temporaryFolder = temporaryFolders();

test("a broker whose port somebody takes before it listens is started on another", async () => {
  const dataFolder = temporaryFolder();
  // What asks for the broker there is sent away, and holds no test up.
  const other = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const { port } = other.address() as AddressInfo;
  const free = jest.spyOn(ports, "freePort").mockResolvedValueOnce(port);
  const start = startKafka({ dataFolder, log: () => {} });
  // Also when it fails: an open server would keep the run from ending.
  const kafka = await start.finally(() => other.close());
  try {
    expect(kafka.brokers).not.toEqual([`127.0.0.1:${port}`]);
    // Broker and controller, twice; once more where both got the same.
    expect(free.mock.calls.length).toBeGreaterThanOrEqual(4);
  } finally {
    await kafka.stop();
  }
});
