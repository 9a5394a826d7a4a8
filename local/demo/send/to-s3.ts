import { UserError } from "../../../gitops/user-error";
import { patiently } from "./patiently";

/** Sends a body where web app 2 has signed that it may go. Answers the ETag. @throws UserError when S3 does not take it */
export async function toS3(
  what: string,
  url: string,
  request: { readonly method: "POST" | "PUT"; readonly body: () => FormData | Uint8Array },
  signal: AbortSignal,
): Promise<string> {
  const { method, body } = request;
  const answer = await patiently(what, () => fetch(url, { method, body: body(), signal }), signal);
  const text = await answer.text();
  if (!answer.ok) throw new UserError(`${what}: S3 answered ${answer.status} ${text}`);
  return (answer.headers.get("etag") ?? /<ETag>(.*?)<\/ETag>/.exec(text)?.[1] ?? "").replaceAll(/"|&quot;/g, "");
}
