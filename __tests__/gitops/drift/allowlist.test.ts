import { join } from "node:path";
import { inForce, readAllowlist } from "../../../gitops/drift/allowlist";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();
const entry = { environment: "prod", address: "aws_x.y", reason: "known", until: "2026-06-30" };

it("is empty when there is no file, or nothing in it", () => {
  expect(readAllowlist(join(folder, "none"))).toEqual([]);
  write(join(folder, "empty/drift-allowed.yaml"), "# nothing\n");
  expect(readAllowlist(join(folder, "empty"))).toEqual([]);
});

it("counts until its last day, in its environment", () => {
  write(join(folder, "one/drift-allowed.yaml"), JSON.stringify([entry, { ...entry, environment: "dev" }]));
  const entries = readAllowlist(join(folder, "one"));
  expect(inForce(entries, "prod", "2026-06-30")).toEqual([entry]);
  expect(inForce(entries, "prod", "2026-07-01")).toEqual([]);
});

it("names every fault at once", () => {
  write(join(folder, "bad/drift-allowed.yaml"), "- environment: prod\n  until: soon\n  extra: 1\n");
  expect(() => readAllowlist(join(folder, "bad"))).toThrow(
    /drift-allowed\.yaml[\s\S]*address[\s\S]*reason[\s\S]*expected a day in quotes[\s\S]*extra|extra[\s\S]*address/,
  );
});
