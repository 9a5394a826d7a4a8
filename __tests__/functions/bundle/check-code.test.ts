import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkCode } from "../../../functions/bundle/check-code";
import { testFolder } from "../../support/folders";

const root = testFolder();
const ran = join(root, "ran");
const code = Buffer.from(`require("node:fs").writeFileSync(${JSON.stringify(ran)}, ""); exports.contractVersion = 0;`);

afterEach(() => {
  delete process.env.ACTIONS_ID_TOKEN_REQUEST_URL;
});

it("does not load code in a job that may take a role in AWS, and does elsewhere", async () => {
  process.env.ACTIONS_ID_TOKEN_REQUEST_URL = "https://token.test";
  await checkCode(root, "functions/x/index.ts", code);
  expect(existsSync(ran)).toBe(false);
  delete process.env.ACTIONS_ID_TOKEN_REQUEST_URL;
  await expect(checkCode(root, "functions/x/index.ts", code)).rejects.toThrow("functions/x/index.ts");
  expect(existsSync(ran)).toBe(true);
});
