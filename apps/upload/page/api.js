/** How long to wait when nobody says, in seconds. */
const offlineSeconds = 5;

/**
 * Asks the app. @param body - sent as JSON; without it the app is only read.
 * @returns {state: "done", body}, {state: "wait", seconds, why}, {state: "signed-out"} or {state: "refused", type, why, body}
 */
export async function ask(path, body) {
  const sent =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, { redirect: "manual", ...sent }).catch(() => undefined);
  if (answer === undefined) return { state: "wait", seconds: offlineSeconds, why: "No connection" };
  // The load balancer sends on to sign in, where a page cannot follow.
  if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "signed-out" };
  const got = await answer.json().catch(() => ({}));
  if (answer.ok) return { state: "done", body: got };
  if (answer.status === 429 || answer.status >= 500) {
    const why = answer.status === 429 ? "The service is busy" : "The service is not available";
    return { state: "wait", seconds: got.retryAfterSeconds ?? offlineSeconds, why };
  }
  return { state: "refused", type: got.type, why: got.detail ?? `The service answered ${answer.status}.`, body: got };
}
