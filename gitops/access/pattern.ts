/** What a policy says that can't be judged here: never taken for a grant. */
export class UnknownAccess extends Error {
  override readonly name: string = "UnknownAccess";
}

/** Values of a request's condition keys, by the key's name in lower case. */
export type Keys = ReadonlyMap<string, readonly string[]>;

const escaped = (text: string) => text.replace(/[.+^${}()|[\]\\*?]/g, "\\$&");
const globbed = (text: string) => escaped(text).replaceAll("\\*", ".*").replaceAll("\\?", ".");
/** What stands in place of something that Terraform knows only once it is made. */
const made = /⟨.*⟩/;

/**
 * Whether a value fits a pattern of IAM: `*` is any run of characters, `?` any one, `${key}` the request's own value (IAM User Guide,
 * "IAM policy elements: Variables and tags").
 * @returns undefined when the request has no value for a variable: such an element fits nothing.
 * @throws UnknownAccess when only AWS could tell.
 */
export function like(pattern: string, value: string, keys: Keys, ignoreCase = false): boolean | undefined {
  if (pattern === value) return true;
  let source = "";
  for (const [index, part] of pattern.split(/\$\{([^}]*)\}/).entries()) {
    if (index % 2 === 0) {
      source += globbed(part);
      continue;
    }
    if (!/^[\w:./-]+$/.test(part))
      throw new UnknownAccess(`the variable \${${part}} of a policy is none that is known here`);
    const given = keys.get(part.toLowerCase());
    if (given?.length !== 1) return undefined;
    source += escaped(given[0] as string);
  }
  if (made.test(pattern) && !made.test(value) && value !== "*") {
    throw new UnknownAccess(`${pattern} is known only once it is made, so it can't be compared with ${value}`);
  }
  return new RegExp(`^${source}$`, ignoreCase ? "isu" : "su").test(value);
}
