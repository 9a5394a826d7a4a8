import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number, `least` or more, and `most` at most where there is one. @throws InvalidArgumentError */
export const wholeNumber =
  (least: number, most = Number.POSITIVE_INFINITY) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    const range = most === Number.POSITIVE_INFINITY ? `, ${least} or more` : ` from ${least} to ${most}`;
    throw new InvalidArgumentError(`Expected a whole number${range}, but got "${text}".`);
  };
