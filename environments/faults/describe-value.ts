const longest = 60;

const shortened = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);

/** `got "30 days" (text)`. `source`: how a number is written in the file, where it differs (0x1F, 000123). */
export function describeValue(value: unknown, source?: string): string {
  if (value === undefined) return "it is missing";
  if (value === null) return "got nothing (an empty value)";
  if (typeof value === "string") return `got ${shortened(JSON.stringify(value))} (text)`;
  if (typeof value === "number") return `got ${source ?? value} (number)`;
  if (typeof value === "boolean") return `got ${value} (true or false)`;
  if (Array.isArray(value)) return value.length === 0 ? "got an empty list" : `got a list of ${value.length}`;
  if (typeof value === "object") {
    const keys = Object.keys(value);
    return keys.length === 0 ? "got an empty map" : `got a map with ${shortened(keys.join(", "))}`;
  }
  return `got ${shortened(String(value))} (${typeof value})`;
}
