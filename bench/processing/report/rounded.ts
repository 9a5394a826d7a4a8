/** Every number in `value` with four significant digits: more was not measured. */
export function rounded<T>(value: T): T {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === "number" && !Number.isInteger(part) ? Number(part.toPrecision(4)) : part,
  );
  return JSON.parse(text) as T;
}
