import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { deployedProcess } from "../../../functions/common/deployed-process";
import { remoteFunction } from "../../../functions/common/remote-function";
import { context, twoHalves } from "../images";
import { MemoryStore } from "../memory-store";

const place = { region: "eu-central-1", credentials: { accessKeyId: "111122223333", secretAccessKey: "local" } };

it("is the code of the bundle where no function is named", async () => {
  const process = deployedProcess({ uploadsBucket: "uploads" }, new MemoryStore());
  const bytes = await twoHalves(40, 30).png().toBuffer();
  const { outputs } = await process({ bytes, id: "image-1", name: "a.png" }, context);
  expect(outputs.map(({ name }) => name)).toEqual(["web", "thumbnail"]);
});

it("calls the named function, and gives up when the image's time is over", async () => {
  const paths: (string | undefined)[] = [];
  const silent = createServer(({ url }) => {
    paths.push(url);
  });
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  try {
    const { invoke } = remoteFunction("darkroom-test-processing", "uploads", { ...place, endpoint });
    await expect(invoke("{}", 1)).rejects.toMatchObject({ name: expect.stringMatching(/Abort|Timeout/) });
    expect(paths).toEqual(["/2015-03-31/functions/darkroom-test-processing/invocations"]);
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

it("signs URLs without the checksum of an empty body, which S3 would hold against the file", async () => {
  const { urlToRead, urlToWrite } = remoteFunction("darkroom-test-processing", "uploads", place);
  const [read, write] = [new URL(await urlToRead("exchange/a/original")), new URL(await urlToWrite("exchange/a/0"))];
  expect([read.pathname, write.pathname]).toEqual(["/exchange/a/original", "/exchange/a/0"]);
  expect(write.searchParams.get("X-Amz-Expires")).toBe("300");
  expect([...write.searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
});
