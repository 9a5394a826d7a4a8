import type { IncomingMessage } from "node:http";
import type { RequestHead } from "./gap";

/** `AWS4-HMAC-SHA256 Credential=<key>/<day>/<region>/<service>/aws4_request, …` or the presigned query's credential. */
const credentialOf = (authorization: string | undefined, query: URLSearchParams): string =>
  authorization?.match(/Credential=([^,\s]+)/)?.[1] ?? query.get("X-Amz-Credential") ?? "";

/**
 * Tells service, account and region of a call from its signature. An unsigned call has the service `""`, which no gap
 * answers. A key that is not 12 digits stands for account 000000000000, as in the emulated account.
 */
export const requestHead = (message: IncomingMessage): RequestHead => {
  const [path = "/", search = ""] = splitOnce(message.url ?? "/", "?");
  const query = new URLSearchParams(search);
  const [key = "", , region = "", service = ""] = credentialOf(message.headers.authorization, query).split("/");
  const target = message.headers["x-amz-target"];
  return {
    method: message.method ?? "GET",
    path,
    query,
    headers: message.headers,
    service,
    account: /^\d{12}$/.test(key) ? key : "000000000000",
    region,
    operation: typeof target === "string" ? target.split(".").at(-1) : undefined,
  };
};

/** Whether the operation stands in a form-encoded body, as in the query protocol of EC2, CloudWatch and Beanstalk. */
export const isForm = ({ headers }: Pick<RequestHead, "headers">): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;

const splitOnce = (text: string, separator: string): [string, string?] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};
