import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { UserError } from "../gitops/user-error";
import type { OperatedAccount } from "./account";

/** Version of the processing that is deployed; new outputs carry it in their keys. @throws UserError when nothing is deployed. */
export async function presentVersion({
  lambda,
  functions,
}: Pick<OperatedAccount, "lambda" | "functions">): Promise<string> {
  const FunctionName = functions.batch;
  const deployed = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName })).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
    throw new UserError(`There is no function ${FunctionName}: apply the environment's compute stack first.`);
  });
  const version = deployed.Environment?.Variables?.PROCESSING_VERSION;
  if (version !== undefined) return version;
  throw new UserError(
    `The function ${FunctionName} has no PROCESSING_VERSION: apply the environment's compute stack again.`,
  );
}
