import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gaps } from "../../../local/gateway/gaps";

it.each(gaps.map(({ name, description }) => [name, description]))(
  "docs/local-account.md lists the gap %s",
  (_, description) => {
    expect(readFileSync(join(__dirname, "../../../docs/local-account.md"), "utf8")).toContain(description);
  },
);

it("gives every gap a name of its own", () => {
  expect(new Set(gaps.map(({ name }) => name)).size).toBe(gaps.length);
});
