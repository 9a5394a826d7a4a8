/** Things that are secrets by their form: AWS key ids, private keys, JSON web tokens, GitHub tokens. */
const patterns = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:gh[pousr]_|github_pat_)\w{20,}/g,
];

const secretName = /SECRET|TOKEN|PASSWORD|PRIVATE_KEY/i;

/**
 * A function that takes secrets out of text: what stands in an environment variable whose name says so (at least
 * 8 characters, so that dummy values do not tear words apart), and what has the form of a secret.
 */
export function redactor(env: NodeJS.ProcessEnv): (text: string) => string {
  const values = Object.entries(env)
    .filter(([name, value]) => secretName.test(name) && value !== undefined && value.length >= 8)
    .map(([, value]) => value as string)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const known = values.reduce((rest, value) => rest.replaceAll(value, "(secret)"), text);
    return patterns.reduce((rest, pattern) => rest.replace(pattern, "(secret)"), known);
  };
}
