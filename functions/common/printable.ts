/** Most characters of a text from elsewhere in one place. */
const MOST = 1024;

/**
 * A text from elsewhere, fit to be shown in one line: control and formatting characters, which could end the line, hide
 * what follows or turn its direction, are written as `\u{202e}`; at most 1024 characters.
 */
export const printable = (text: string): string =>
  text.slice(0, MOST).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
