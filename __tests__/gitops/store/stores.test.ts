import { statSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { FolderStore } from "../../../gitops/store/folder-store";
import { S3AppendStore } from "../../../gitops/store/s3-append-store";
import { testAccount } from "../../support/account";
import { testFolder } from "../../support/folders";
import { testRegion } from "../../support/synthesized";

const folder = testFolder();
const account = testAccount(folder);
const text = (value: string) => Buffer.from(value);

const stores = {
  "a folder": () => new FolderStore(join(folder, "store")),
  "a bucket": () => new S3AppendStore(account.s3(), "plans"),
};

beforeAll(async () => {
  const CreateBucketConfiguration = { LocationConstraint: testRegion } as never;
  await account.s3().send(new CreateBucketCommand({ Bucket: "plans", CreateBucketConfiguration }));
});

describe.each(Object.entries(stores))("%s as a store", (name, open) => {
  it("keeps what is written first, and says that the second came too late", async () => {
    const store = open();
    expect(await store.put(`${name}/a/one.json`, text("first"))).toBe(true);
    expect(await store.put(`${name}/a/one.json`, text("second"))).toBe(false);
    expect(Buffer.from((await store.get(`${name}/a/one.json`)) ?? []).toString()).toBe("first");
  });

  it("knows what it does not have", async () => {
    expect(await open().get(`${name}/nothing`)).toBeUndefined();
    expect(await open().list(`${name}/nothing/`)).toEqual([]);
  });

  it("lists by prefix, sorted", async () => {
    const store = open();
    for (const key of ["b/2", "b/1", "c/1"]) await store.put(`${name}/${key}`, text("x"));
    expect(await store.list(`${name}/b/`)).toEqual([`${name}/b/1`, `${name}/b/2`]);
  });
});

it("lets nobody else read what is in a folder", async () => {
  await stores["a folder"]().put("secret/plan", text("x"));
  expect(statSync(join(folder, "store/secret/plan")).mode & 0o777).toBe(0o600);
});

it("lists a folder that is not there yet as empty", async () => {
  expect(await new FolderStore(join(folder, "none")).list("")).toEqual([]);
});

it("names a bucket that is not there", async () => {
  const store = new S3AppendStore(account.s3(), "no-such-bucket");
  await expect(store.get("x")).rejects.toThrow(/^s3:\/\/no-such-bucket: could not read x: S3 answered NoSuchBucket: /);
});
