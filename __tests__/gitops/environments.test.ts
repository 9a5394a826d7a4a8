import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { promotionOrder } from "../../gitops/environments/promotion";
import { environmentWith } from "../support/synth";

const dev = {
  name: "dev",
  account: "111111111111",
  region: "eu-central-1",
  planRole: "arn:aws:iam::111111111111:role/darkroom-dev-plan",
  applyRole: "arn:aws:iam::111111111111:role/darkroom-dev-apply",
};

it("puts the environments into the order in which a merge reaches them, without the local one", () => {
  const named = (name: string) => ({ ...environmentWith("dev"), name });
  const order = promotionOrder(["prod", "local", "staging", "test", "dev"].map(named)).map(({ name }) => name);
  expect(order).toEqual(["dev", "test", "staging", "prod"]);
});

it.each([
  [[], "dev 111111111111 eu-central-1\nstaging 222222222222 eu-central-1\nprod 333333333333 eu-central-1\n"],
  [["--json"], expect.stringMatching(/^\[\{"name":"dev",.*\}\]\n$/)],
  [["--output", "environments"], expect.stringMatching(/^environments=\[\{"name":"dev",.*\}\]\n$/)],
  [["--output", "environments", "--by-name"], expect.stringMatching(/^environments=\{"dev":\{"name":"dev",.*\}\}\n$/)],
])("tells them to people, to programs and to workflows: %j", (options, expected) => {
  const root = repositoryFolder();
  const args = ["--import", "tsx", join(root, "gitops", "cli.ts"), "environments", ...options];
  const out = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(out).toEqual(expected);
  if (options[0] === "--json") expect(JSON.parse(out)[0]).toEqual(dev);
});
