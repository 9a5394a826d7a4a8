import { judge } from "../../../gitops/policy/judge";
import { policyText } from "../../../gitops/policy/policy-text";

const finding = (path: string) => ({
  stack: "prod-data",
  path,
  address: `aws_s3_bucket.${path.split("/")[1]}`,
  rule: "CKV_AWS_18",
  wants: "Ensure access logging",
});
const findings = [finding("prod-data/logs/Default"), finding("prod-data/uploads/Default")];
const reason = "Access logs of the bucket of logs would log themselves.";
const place = "policy-skips.yaml:12:5";
const skip = { rule: "CKV_AWS_18", resource: "*-data/logs/Default", reason, place };

it("takes away what is meant, by rule and construct, and tells the rest with what to do", () => {
  const judgement = judge(findings, [skip], true, "2026-11-25");
  expect(judgement).toEqual({ offences: [findings[1]], skipped: 1, unused: [] });
  expect(policyText(7, judgement).split("\n")).toEqual([
    "prod-data: prod-data/uploads/Default (aws_s3_bucket.uploads) breaks CKV_AWS_18",
    "    wants: Ensure access logging",
    "    to do: mend it where stacks/ or modules/ make it; if it is meant, say why in policy-skips.yaml",
    "7 times a rule is kept, 1 times broken, 1 times broken for a reason in policy-skips.yaml.",
  ]);
});

it("tells skips that fit nothing, by place, when it has looked at all environments", () => {
  const gone = { ...skip, resource: "prod-data/gone/Default" };
  const other = { ...skip, rule: "CKV_AWS_19" };
  const judgement = judge(findings, [gone, other], true, "2026-11-25");
  expect(judgement.unused).toEqual([gone, other]);
  expect(policyText(1, judgement)).toContain(
    "policy-skips.yaml:12:5: expected that something at prod-data/gone/Default breaks CKV_AWS_18, but nothing does any more. Remove the skip.\n",
  );
  expect(judge(findings, [gone, other], false, "2026-11-25").unused).toEqual([]);
});

it("lets a skip hold through its last day and no longer", () => {
  const until = { ...skip, until: "2026-11-25" };
  expect(judge(findings, [until], true, "2026-11-25").skipped).toBe(1);
  const after = judge(findings, [until], true, "2026-11-26");
  expect(after).toMatchObject({ skipped: 0, unused: [], offences: [{ path: "prod-data/logs/Default" }, {}] });
  expect(policyText(1, after)).toContain(
    "    to do: policy-skips.yaml:12:5 excused it until 2026-11-25; mend it, or say anew why it is meant\n",
  );
});
