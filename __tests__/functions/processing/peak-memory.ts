import { readFileSync } from "node:fs";
import { process as processImage } from "../../../functions/processing";
import { peakMegabytes } from "../../../local/processes/peak-memory";
import { context } from "../images";

/** Processes one file four times at once and prints the largest memory the process had, in MB: `<file> [memoryMegabytes]`. */
async function main(file: string, megabytes?: string): Promise<void> {
  const bytes = readFileSync(file);
  const memoryMegabytes = megabytes === undefined ? undefined : Number(megabytes);
  const run = () => processImage({ bytes, id: "a", name: "a" }, { ...context, memoryMegabytes });
  await Promise.all([run(), run(), run(), run()]);
  console.log(Math.ceil(peakMegabytes()));
}

const [file = "", megabytes] = process.argv.slice(2);
void main(file, megabytes);
