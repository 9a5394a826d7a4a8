import { InvalidArgumentError } from "commander";

/** Reads the number of a pull request from a command line. @throws InvalidArgumentError */
export const pullRequestNumber = (text: string): number => {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("expected the number of a pull request");
  return Number(text);
};
