/** The bundle cannot be built or found; the message is for the person at the keyboard, no stack trace is needed. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}
