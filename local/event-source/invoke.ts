import { InvokeCommand, type LambdaClient, TooManyRequestsException } from "@aws-sdk/client-lambda";

/** How an invocation ended. Only `failed` counts as an attempt: in the other two the function did not run. */
export type Invocation =
  | { readonly kind: "answered"; readonly answer: string; readonly requestId: string }
  | {
      readonly kind: "failed";
      readonly requestId: string;
      readonly functionError: string;
      readonly executedVersion: string;
      readonly statusCode: number;
      /** The error the function threw, as JSON. */
      readonly answer: string;
    }
  | { readonly kind: "not-run"; readonly reason: string };

/** Invokes the function once and waits for its end. Never throws. */
export const invoke = async (lambda: LambdaClient, functionArn: string, payload: string): Promise<Invocation> => {
  try {
    const reply = await lambda.send(
      new InvokeCommand({
        FunctionName: functionArn,
        Payload: Buffer.from(payload),
        InvocationType: "RequestResponse",
      }),
    );
    const requestId = reply.$metadata.requestId ?? "";
    const answer = Buffer.from(reply.Payload ?? []).toString("utf8");
    if (reply.FunctionError === undefined) return { kind: "answered", answer, requestId };
    const { FunctionError: functionError, ExecutedVersion: executedVersion = "$LATEST", StatusCode = 200 } = reply;
    return { kind: "failed", requestId, functionError, executedVersion, statusCode: StatusCode, answer };
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: "not-run", reason: error instanceof TooManyRequestsException ? "throttled" : reason };
  }
};
