import { join } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Leaves out what the AWS SDK carries for other places than Lambda: its chain of credentials (profiles, single sign-on,
 * container and instance roles). 0.1 MB of each function, and about 10 ms of each cold start together with `bowser`.
 */
export const leaveOut = (root: string): Plugin => ({
  name: "leave-out",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(root, "functions/bundle/lambda-credentials.ts"),
    }));
  },
});

/** Recognizes browsers; the SDK loads it in browsers only. */
export const neverLoaded = "bowser";
