import { withoutRandomWords } from "./random-words";
import { secretMark, withoutSecretForms } from "./secret-patterns";

const secretName = /SECRET|TOKEN|PASSWORD|PRIVATE_KEY/i;

/**
 * A function that takes secrets out of text: what stands in an environment variable whose name says so (at least
 * 8 characters, so that dummy values do not tear words apart), what has the form of a secret, and what looks as if
 * drawn by lot. It is asked before anything is shown or kept; edits and mails keep a first version for ever.
 */
export function redactor(env: NodeJS.ProcessEnv): (text: string) => string {
  const known = secretRemover(env);
  return (text) => withoutRandomWords(known(text));
}

/** As {@link redactor}, but words that only look random stay: hashes and ids among them mean something. */
export function secretRemover(env: NodeJS.ProcessEnv): (text: string) => string {
  const values = Object.entries(env)
    .filter(([name, value]) => secretName.test(name) && value !== undefined && value.length >= 8)
    .map(([, value]) => value as string)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const known = values.reduce((rest, value) => rest.replaceAll(value, secretMark), text);
    return withoutSecretForms(known);
  };
}
