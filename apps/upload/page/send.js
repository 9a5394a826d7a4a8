/** How long a try that failed waits for the next, in seconds. */
const againSeconds = 5;

/** What S3 says, for people. The rest is told by its code. */
const reasons = {
  EntityTooLarge: "The file changed while it was being uploaded. Choose it again.",
  EntityTooSmall: "The file changed while it was being uploaded. Choose it again.",
};

/**
 * Sends a body to S3. With XMLHttpRequest, since fetch tells nothing of how far an upload is.
 * @returns {state: "done"}, {state: "wait", seconds, why}, {state: "expired"} (S3 takes the signature no more) or {state: "refused", why}
 */
export function send(method, url, body, onProgress, signal) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("load", () => resolve(outcomeOf(request)));
    request.addEventListener("error", () => resolve({ state: "wait", seconds: againSeconds, why: "No connection" }));
    request.addEventListener("abort", () => resolve({ state: "cancelled" }));
    signal.addEventListener("abort", () => request.abort());
    if (signal.aborted) return resolve({ state: "cancelled" });
    request.send(body);
  });
}

function outcomeOf({ status, responseText }) {
  if (status >= 200 && status < 300) return { state: "done" };
  const code = /<Code>(\w+)<\/Code>/.exec(responseText)?.[1];
  if (status >= 500 || status === 429) return { state: "wait", seconds: againSeconds, why: "S3 is busy" };
  if (status === 403) return { state: "expired", why: `S3 refused the upload: ${code}.` };
  if (status === 404) return { state: "gone" };
  return { state: "refused", why: reasons[code] ?? `S3 refused the upload: ${code ?? status}.` };
}
