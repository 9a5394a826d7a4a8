import { rule } from "./rule";

const roles = ["planRoleArn", "applyRoleArn"] as const;
const toDoOfRoles = "Have both roles made, as docs/sign-in.md says, and write their ARNs.";

/** Identity Center is of use only where it signs people in, in its own region, and by roles of its own account. */
export const identityCenter = rule(["analytics", "account", "region"], function* ({ name, region, analytics }) {
  const { identityCenter: center, signIn } = analytics;
  if (center === undefined) return;
  const at = (...path: string[]) => ["analytics", "identityCenter", ...path];
  if (signIn !== "sso") {
    const toDo = "Remove the section, or write signIn: sso.";
    yield { path: at(), expected: "no identityCenter where people sign in by IAM", came: `signIn is ${signIn}`, toDo };
  }
  if (center.region !== region) {
    const expected = `the region of the environment, ${region}: Studio takes people only of an Identity Center in its own region`;
    const toDo = "Put the environment into that region, or write signIn: iam and remove the section.";
    yield { path: at("region"), expected, toDo };
  }
  for (const key of roles) {
    const arn = center[key];
    const other = center[key === "planRoleArn" ? "applyRoleArn" : "planRoleArn"];
    const itsAccount = arn?.split(":")[4];
    if (arn === undefined) {
      if (name === "local" && other === undefined) continue;
      const why = other === undefined ? "in every environment but local" : "as the other role is there";
      yield { path: at(key), expected: `a role in the account ${center.account}, ${why}`, toDo: toDoOfRoles };
    } else if (itsAccount !== center.account) {
      const expected = `a role in the account of Identity Center, ${center.account}`;
      yield { path: at(key), expected, came: `got one in ${itsAccount}`, toDo: "Correct the one or the other." };
    }
  }
  if (center.planRoleArn !== undefined && center.planRoleArn === center.applyRoleArn) {
    const expected = "a role that only reads, as every pull request may take it";
    yield { path: at("planRoleArn"), expected, came: "got the role of applies", toDo: toDoOfRoles };
  }
});
