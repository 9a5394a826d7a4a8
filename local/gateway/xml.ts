/** Text, a list (each entry a `<member>`) or named children; `undefined` is left out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

const escaped = (text: string): string =>
  text.replace(/[<>&"]/g, (sign) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" })[sign] ?? sign);

/** The children of an element, without the element. */
export const content = (value: XmlValue): string => {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((entry) => element("member", entry)).join("");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, child]) => element(name, child))
      .join("");
  }
  return escaped(String(value));
};

/** `<name>value</name>`, or nothing for `undefined`. */
export const element = (name: string, value: XmlValue): string =>
  value === undefined ? "" : `<${name}>${content(value)}</${name}>`;

/** The text of every `<name>…</name>` that holds no element. */
export const textsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);

/** Puts a fragment beside (right after) `<name>text</name>`, so that it joins the same parent. */
export const addBeside = (xml: string, name: string, text: string, fragment: string): string =>
  xml.replaceAll(element(name, text), (found) => found + fragment);
