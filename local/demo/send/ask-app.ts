import { UserError } from "../../../gitops/user-error";
import { patiently } from "./patiently";

/** Asks web app 2, in JSON. @throws UserError when it does not answer as described */
export async function askApp<Answer>(url: string, path: string, body: unknown, signal: AbortSignal): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const send = () => fetch(new URL(path, url), { method: "POST", headers, body: JSON.stringify(body), signal });
  const answer = await patiently(`Web app 2, ${path}`, send, signal);
  const text = await answer.text();
  if (!answer.ok) throw new UserError(`Web app 2, ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as Answer;
}
