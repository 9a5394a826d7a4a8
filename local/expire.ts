import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { Command } from "commander";
import { messageOf, UserError } from "../gitops/user-error";
import { readAccountFile } from "./account-file";
import { carryOutLifecycle, type Expired } from "./expiry/expire";

/** An instant, or a day, which stands for its first instant in UTC. @throws UserError */
const readInstant = (text: string): Date => {
  const instant = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(instant.getTime())) return instant;
  throw new UserError(`--now: expected a day or an instant, for example 2026-12-31, but got ${text}`);
};

const describe = (bucket: string, { objects, versions, markers, uploads }: Expired): string[] => [
  ...objects.map((key) => `${bucket}/${key}`),
  ...[
    [versions.length, "noncurrent version(s) deleted for good"] as const,
    [markers.length, "delete marker(s) with nothing behind them"] as const,
    [uploads.length, "incomplete upload(s)"] as const,
  ].flatMap(([count, what]) => (count > 0 ? [`${bucket}: ${count} ${what}`] : [])),
];

const run = async (environment: string, options: { readonly now?: string; readonly json?: true }): Promise<void> => {
  if (environment !== "local") {
    throw new UserError(`expected local, but got ${environment}: in AWS, S3 expires objects by itself`);
  }
  const now = options.now === undefined ? new Date() : readInstant(options.now);
  const { endpoint, region, account } = readAccountFile();
  const credentials = { accessKeyId: account, secretAccessKey: "local" };
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const removed: Record<string, Expired> = {};
  for (const { Name = "" } of (await s3.send(new ListBucketsCommand({}))).Buckets ?? []) {
    removed[Name] = await carryOutLifecycle(s3, Name, now);
  }
  if (options.json) {
    console.log(JSON.stringify({ now, buckets: removed }, null, 2));
    return;
  }
  for (const line of Object.entries(removed).flatMap(([bucket, expired]) => describe(bucket, expired))) {
    console.log(line);
  }
  const count = Object.values(removed).reduce((sum, { objects }) => sum + objects.length, 0);
  console.log(`${count} object(s) expired at ${now.toISOString()}`);
};

// The SDK's notice about the Node versions of its future releases is for those who choose its version.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

new Command("npm run expire --")
  .description("Removes from the local account what S3 would have expired by then, by the deployed lifecycle rules.")
  .argument("<environment>", "local")
  .option("--now <instant>", "day or instant to act as of (default: now)")
  .option("--json", "what was removed, as JSON")
  .addHelpText("after", "\nExit codes: 0 removed, 1 error.")
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof UserError ? error.message : `expire: ${messageOf(error)}`);
    process.exitCode = 1;
  });
