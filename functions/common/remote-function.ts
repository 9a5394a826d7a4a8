import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { RemoteProcessDependencies } from "./remote-process";

/** Beyond the seconds an image may take: time for the call itself. */
const CALL_SECONDS = 1;

/** How long URLs hold: longer than any call, shorter than credentials of a role. */
const URL_SECONDS = 300;

/** Where AWS is, when Lambda's own environment does not say it. */
export interface AwsPlace {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Calls a function through Lambda, and signs URLs of the exchange bucket with the caller's own rights. */
export function remoteFunction(
  functionName: string,
  bucket: string,
  place: AwsPlace = {},
): Pick<RemoteProcessDependencies, "invoke" | "urlToRead" | "urlToWrite"> {
  const lambda = new LambdaClient({ ...place, maxAttempts: 3, retryMode: "standard" });
  // Otherwise the SDK signs the checksum of an empty body into the URL, and S3 refuses every file put there.
  const s3 = new S3Client({ ...place, requestChecksumCalculation: "WHEN_REQUIRED" });
  const url = (command: GetObjectCommand | PutObjectCommand): Promise<string> =>
    getSignedUrl(s3, command, { expiresIn: URL_SECONDS });
  return {
    invoke: async (payload, secondsAllowed) => {
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) }),
        { abortSignal: AbortSignal.timeout(Math.round((secondsAllowed + CALL_SECONDS) * 1000)) },
      );
      return { failed: FunctionError !== undefined, payload: Buffer.from(Payload ?? []).toString("utf8") };
    },
    urlToRead: (Key) => url(new GetObjectCommand({ Bucket: bucket, Key })),
    urlToWrite: (Key) => url(new PutObjectCommand({ Bucket: bucket, Key })),
  };
}
