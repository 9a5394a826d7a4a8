import { createHash } from "node:crypto";

/** Longest name (IAM Identity Center API reference, CreatePermissionSet). */
const longest = 32;

/**
 * What a group's permission set is called, and what its people read in the access portal: `prod-image-analysts`. One Identity Center serves
 * all environments, so that the environment is part of it; a name that is too long is cut and told apart by a hash.
 */
export function permissionSetName(environment: string, group: string): string {
  const name = `${environment}-${group}`;
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - 7)}-${createHash("sha256").update(name).digest("hex").slice(0, 6)}`;
}
