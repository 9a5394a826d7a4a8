/** A whole number for a message, in groups of three: `50,000,000`. */
export const grouped = (value: number): string => value.toLocaleString("en-US");
