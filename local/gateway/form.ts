/** A form-encoded body of the query protocol. Lists are written `Name.member.1` (or `Name.1` in EC2). */
export type Form = URLSearchParams;

export const formOf = (body: Buffer): Form => new URLSearchParams(body.toString("utf8"));

/** Texts of a list of texts: `listOf(form, "SecurityGroupId")` or `listOf(form, "SolutionStackNames.member")`. */
export const listOf = (form: Form, name: string): string[] => {
  const found: string[] = [];
  for (let at = 1; form.has(`${name}.${at}`); at++) found.push(form.get(`${name}.${at}`) ?? "");
  return found;
};

/** Entries of a list of structures, each as its own form: `entriesOf(form, "Tags.member")` has `Key`, `Value`. */
export const entriesOf = (form: Form, name: string): Form[] => {
  const found: Form[] = [];
  for (let at = 1; ; at++) {
    const prefix = `${name}.${at}.`;
    const fields = [...form].filter(([key]) => key.startsWith(prefix));
    if (fields.length === 0) return found;
    found.push(new URLSearchParams(fields.map(([key, value]): [string, string] => [key.slice(prefix.length), value])));
  }
};

type Nested = string | Nested[] | { [name: string]: Nested };

/** The whole form as nested values: `A.member.1.B=x` becomes `{ A: [{ B: "x" }] }`. */
export const nested = (form: Form): { [name: string]: Nested } => {
  const names = [...new Set([...form.keys()].map((key) => key.split(".")[0] ?? key))];
  return Object.fromEntries(names.map((name) => [name, nestedField(form, name)]));
};

const nestedField = (form: Form, name: string): Nested => {
  if (form.has(name)) return form.get(name) ?? "";
  const texts = listOf(form, `${name}.member`);
  if (texts.length > 0) return texts;
  const entries = entriesOf(form, `${name}.member`);
  if (entries.length > 0) return entries.map(nested);
  const within = [...form].filter(([key]) => key.startsWith(`${name}.`));
  return nested(
    new URLSearchParams(within.map(([key, value]): [string, string] => [key.slice(name.length + 1), value])),
  );
};
