import type { Environment } from "../../../environments/schema";
import type { LeafChange } from "../leaf-changes";
import type { Words } from "./words";

type IdentityCenter = NonNullable<Environment["analytics"]["identityCenter"]>;

const owned: Readonly<Record<string, string>> = {
  darkroom: "are made from its file, with the people named there",
  "identity-provider": "come from the outside identity provider: who is in them is decided there",
};

/** Whose word is taken for who an analyst is, and by whose rights: always for a code owner to see. */
const said: Readonly<Record<string, (environment: string, value: string) => string>> = {
  account: (environment, value) => `Analysts of ${environment} sign in by the IAM Identity Center of account ${value}.`,
  region: (environment, value) => `The IAM Identity Center of ${environment} is in ${value}.`,
  groupsOwner: (environment, value) => `The groups of ${environment} ${owned[value] ?? `are of ${value}`}.`,
  planRoleArn: (environment, value) => `Plans of ${environment} read IAM Identity Center by the role ${value}.`,
  applyRoleArn: (environment, value) => `An apply of ${environment} changes IAM Identity Center by the role ${value}.`,
};

/** Changes of analytics.identityCenter. */
export function identityCenterWords({ path, after }: LeafChange, environment: string): Words[] | undefined {
  const [section, part, setting] = path;
  if (section !== "analytics" || part !== "identityCenter") return undefined;
  const gate = "rights-widened" as const;
  if (setting === undefined) {
    if (after !== undefined) {
      const { account, groupsOwner } = after as IdentityCenter;
      const groups = said.groupsOwner?.(environment, groupsOwner);
      return [{ words: `${said.account?.(environment, account)} ${groups}`, gate }];
    }
    const words =
      `Darkroom no longer assigns the groups of ${environment} in IAM Identity Center: what its stack ${environment}-identity made is ` +
      "destroyed.";
    return [{ words }];
  }
  const say = said[setting];
  if (say === undefined) return undefined;
  const words = after === undefined ? `${environment} has no ${setting} any more.` : say(environment, String(after));
  return [{ words, gate }];
}
