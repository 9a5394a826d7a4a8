import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { peakMegabytes } from "../../../local/processes/peak-memory";

const ofParent = 300;

it("the peak counts what the process held and gave back, and nothing of its parent's", async () => {
  const held = Buffer.alloc(ofParent * 1024 * 1024, 1);
  const module = join(__dirname, "../../../local/processes/peak-memory.ts");
  const program = `const { peakMegabytes } = require(${JSON.stringify(module)});
    const before = peakMegabytes();
    Buffer.alloc(100 * 1024 * 1024, 1);
    console.log(JSON.stringify([before, peakMegabytes()]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--require", "tsx/cjs", "--eval", program]);
  expect(peakMegabytes()).toBeGreaterThan(held.length / 1024 / 1024);
  const [before, after] = JSON.parse(stdout) as [number, number];
  expect(before).toBeLessThan(ofParent);
  expect(after - before).toBeGreaterThan(90);
});
