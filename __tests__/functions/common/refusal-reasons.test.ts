import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { QuarantineReason, TransportReason } from "../../../functions/common/quarantine";
import { ImageRefused, type RefusalReason, refusalReasons } from "../../../functions/contract/refusal";

/** The compiler holds this list against the type. */
const transport: Readonly<Record<TransportReason, true>> = {
  "checksum-mismatch": true,
  "claim-missing": true,
  "bad-message": true,
};

it("docs/engineers.md explains every reason of the code and no other", () => {
  const markdown = readFileSync(join(__dirname, "../../../docs/engineers.md"), "utf8");
  const [, section = ""] = /## Why an image was refused\n(.*?)\n## /s.exec(markdown) ?? [];
  const documented = [...section.matchAll(/^\| `([a-z-]+)` \| .+ \| .+ \|$/gm)].map(([, reason]) => reason);
  expect(documented).toEqual([...refusalReasons, ...Object.keys(transport)]);
});

it("engineers' own reasons begin with custom-", () => {
  const own: RefusalReason & QuarantineReason = "custom-no-face";
  expect(new ImageRefused(own, "Expected a face.")).toMatchObject({ reason: "custom-no-face", name: "ImageRefused" });
  // @ts-expect-error a reason that nobody knows
  const unknown: RefusalReason = "no-face";
  expect(refusalReasons).not.toContain(unknown);
});
