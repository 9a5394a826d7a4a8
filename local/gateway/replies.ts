import { randomUUID } from "node:crypto";
import type { AwsError, Reply, RequestHead } from "./gap";
import { isForm } from "./request-head";
import { element, type XmlValue } from "./xml";

export const jsonReply = (body: unknown, status = 200): Reply => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() },
  body: JSON.stringify(body),
});

/** `<XResponse><XResult>…</XResult>…</XResponse>`: the answer of operation X in the query protocol. */
export const queryReply = (operation: string, result: XmlValue): Reply => ({
  status: 200,
  headers: { "content-type": "text/xml" },
  body: element(`${operation}Response`, {
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: randomUUID() },
  }),
});

/** The error as the service's own protocol writes it. */
export const errorReply = (request: RequestHead, { code, message, status }: AwsError): Reply =>
  isForm(request)
    ? {
        status,
        headers: { "content-type": "text/xml" },
        body: element("ErrorResponse", {
          Error: { Type: "Sender", Code: code, Message: message },
          RequestId: randomUUID(),
        }),
      }
    : {
        status,
        headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code },
        body: JSON.stringify({ __type: code, message, Message: message }),
      };
