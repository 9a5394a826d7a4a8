/** What every bundle is told that runs on Node: code and packages in one file. */
export const nodeBundle = {
  bundle: true,
  platform: "node",
  // Lambda's and Beanstalk's Node is newer; local accounts run on the oldest one this repository supports.
  target: "node20.9",
  format: "cjs",
  // Given here, or esbuild would read tsconfig.json, which the cache of bundles does not look at.
  tsconfigRaw: { compilerOptions: { strict: true } },
  logLevel: "silent",
} as const;
