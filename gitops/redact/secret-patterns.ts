/** What stands where a secret stood. */
export const secretMark = "(secret)";

/**
 * Things that are secrets by their form, wherever they stand: each vendor's own prefix, as its documentation gives it.
 * The last ones are secrets by what stands before them, which is kept.
 */
const patterns: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // AWS key ids: IAM User Guide, "Understanding unique ID prefixes".
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, secretMark],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, secretMark],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, secretMark],
  [/\b(?:gh[pousr]_|github_pat_)\w{20,}/g, secretMark],
  [/\bglpat-[\w-]{20,}/g, secretMark],
  [/\bxox[abeoprs]-[\w-]{10,}/g, secretMark],
  [/\b[rs]k_(?:live|test)_\w{16,}/g, secretMark],
  [/\bnpm_\w{36}\b/g, secretMark],
  [/\bAIza[\w-]{35}/g, secretMark],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']+:)[^\s/@"']+(?=@)/gi, `$1${secretMark}`],
  [/(\bX-Amz-(?:Signature|Security-Token)=)[^&\s"']+/gi, `$1${secretMark}`],
  [
    /((?:secret|token|passw(?:or)?d|api[-_]?key|private[-_]?key)[\w-]*["']?\s*(?:=|:(?=[\s"']))\s*["']?)(?!\(secret\)|\(sensitive\)|\(known|\(none\)|null\b|true\b|false\b)[^\s"',;}]{8,}/gi,
    `$1${secretMark}`,
  ],
];

/** Takes out of a text what has the form of a secret. */
export const withoutSecretForms = (text: string): string =>
  patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
