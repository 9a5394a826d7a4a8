import { AwsError } from "../gap";

/** @throws AwsError, the one that Terraform's provider takes for "gone". */
export const found = <T>(record: T | undefined, what: string): T => {
  if (record === undefined) throw new AwsError("ResourceNotFoundException", `${what} not found.`);
  return record;
};
