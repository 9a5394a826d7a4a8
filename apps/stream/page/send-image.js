/** How long a try without an answer waits for the next, in seconds; an answer says it itself. */
const offlineSeconds = 5;

/** What became of a try. */
const outcomes = {
  202: () => ({ state: "sent" }),
  401: () => ({ state: "signed-out" }),
  429: ({ retryAfterSeconds }) => ({ state: "wait", seconds: retryAfterSeconds ?? 2, why: "The service is busy" }),
  503: ({ retryAfterSeconds }) => ({
    state: "wait",
    seconds: retryAfterSeconds ?? 5,
    why: "The service is not available",
  }),
};

/** Why an image was refused, for people. The rest is said in the service's own words. */
const reasons = {
  "/problems/unsupported-type": "This is no image of an accepted kind.",
  "/problems/too-large": "This image is too large.",
  "/problems/empty": "This file is empty.",
};

/**
 * Sends an image once. With XMLHttpRequest, since fetch tells nothing of how far an upload is.
 * @returns {state: "sent" | "signed-out"}, {state: "refused", why} or {state: "wait", seconds, why}
 */
export function sendImage({ id, name, file }, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/images?name=${encodeURIComponent(name)}`);
    request.setRequestHeader("Image-Id", id);
    request.setRequestHeader("Content-Type", file.type.startsWith("image/") ? file.type : "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1));
    request.addEventListener("load", () => resolve(outcomeOf(request.status, request.response ?? {})));
    request.addEventListener("error", () => resolve(withoutAnswer()));
    request.send(file);
  });
}

function outcomeOf(status, body) {
  const known = outcomes[status];
  if (known !== undefined) return known(body);
  if (status >= 500) return { state: "wait", seconds: offlineSeconds, why: "The service failed" };
  return { state: "refused", why: reasons[body.type] ?? body.detail ?? `The service answered ${status}.` };
}

/** No network, or a session that ended: the load balancer then sends on to sign in, where a page cannot follow. */
async function withoutAnswer() {
  const answer = await fetch("/limits", { redirect: "manual" }).catch(() => undefined);
  if (answer?.type === "opaqueredirect" || answer?.status === 401) return { state: "signed-out" };
  return { state: "wait", seconds: offlineSeconds, why: "No connection" };
}
