/** Whether a text fits a pattern in which `*` stands for any characters, none included. */
export const fits = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(text);

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
