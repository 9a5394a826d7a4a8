import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../local/demo/corpus/random";
import { ChaosAccount } from "../support/chaos/account";
import { functionProcesses } from "../support/chaos/function-processes";
import { type Faults, faultsOf } from "../support/chaos/outcome";
import { deployPipeline } from "../support/chaos/pipeline";
import { chaosRecords } from "../support/chaos/records";
import { produceRecords, sendRecords } from "../support/chaos/send";

const minutes = 60_000;
jest.setTimeout(10 * minutes);

const account = new ChaosAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const none: Faults = { missing: [], unexpected: [], twice: [], mixedUp: [] };

it("gives no record up while S3 answers 503 for 20 s", async () => {
  const proxy = await account.startS3Proxy();
  const pipeline = await deployPipeline(account, { name: "chaos-s3", proxy });
  const records = await chaosRecords({ pipeline, count: 100, refusedEach: 20, seed: 5 });
  let refused = 0;
  let since: number | undefined;
  proxy.setRule((moment, number) => {
    // In the middle: some images are written, some half, some not at all.
    if (number < 150) return "pass";
    since ??= Date.now();
    if (moment === "answer" || Date.now() - since > 20_000) return "pass";
    refused++;
    return "slow-down";
  });
  await sendRecords({ brokers: account.brokers, pipeline, records, twiceEach: 10, seed: 6 });
  await account.sources.idle();
  expect(refused).toBeGreaterThan(0);
  expect(await faultsOf(account, pipeline, records)).toEqual(none);
});

it("loses nothing and makes nothing twice when the function is killed at random points", async () => {
  const proxy = await account.startS3Proxy();
  const pipeline = await deployPipeline(account, { name: "chaos-kill", proxy });
  const records = await chaosRecords({ pipeline, count: 150, refusedEach: 20, seed: 7 });
  const random = seededRandom(8);
  let killed = 0;
  let next = 20;
  proxy.setRule((moment, number) => {
    // In turn: before S3 has heard of a request, and after S3 has carried one out and the function does not know.
    if (number < next || moment !== (killed % 2 === 0 ? "request" : "answer")) return "pass";
    const running = functionProcesses(account.ministack.pid, pipeline.functionName);
    const victim = running[Math.floor(random() * running.length)];
    if (victim === undefined) return "pass";
    process.kill(victim, "SIGKILL");
    killed++;
    next = number + 20 + Math.floor(random() * 80);
    return "hang-up";
  });
  await sendRecords({ brokers: account.brokers, pipeline, records, twiceEach: 10, seed: 9 });
  await account.sources.idle();
  expect(killed).toBeGreaterThanOrEqual(5);
  expect(await faultsOf(account, pipeline, records)).toEqual(none);
});

it("loses nothing and makes nothing twice when the broker is killed and comes back mid-stream", async () => {
  const pipeline = await deployPipeline(account, { name: "chaos-broker" });
  const made = { refusedEach: 20, largeEach: 15, byProducer: true };
  const records = await chaosRecords({ pipeline, count: 200, ...made, seed: 3 });
  let sent = 0;
  const pause = () => {
    sent++;
    return sleep(50);
  };
  const sending = produceRecords(account, { pipeline, records, twiceEach: 10, seed: 4, pause });
  while (sent < 100) await sleep(20);
  // The producer is in the middle of it, and so is the function.
  expect(sent).toBeLessThan(220);
  await account.crashKafka();
  expect(await sending).toBe(220);
  await account.sources.idle();
  expect(await faultsOf(account, pipeline, records)).toEqual(none);
});

it("makes exactly the expected objects of 10,000 records in 6 partitions: 5000 images, each sent twice, in no order", async () => {
  const pipeline = await deployPipeline(account, { name: "chaos-many", partitions: 6, batchSize: 100, maxPollers: 3 });
  const records = await chaosRecords({ pipeline, count: 5000, refusedEach: 20, seed: 10 });
  const sent = await sendRecords({ brokers: account.brokers, pipeline, records, twiceEach: 1, seed: 11 });
  expect(sent).toBe(10_000);
  await account.sources.idle();
  expect(await faultsOf(account, pipeline, records, 10)).toEqual(none);
});
