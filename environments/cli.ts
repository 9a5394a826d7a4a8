import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { Command } from "commander";
import { checkFolder, checkNamed, environmentsFolder } from "./environment-files";
import { jsonSchemaFile, jsonSchemaText } from "./json-schema";
import { checkReport, printReport } from "./report";

interface CheckOptions {
  readonly json?: boolean;
  readonly folder?: string;
}

/** `npm run settings -- check [name]` and `npm run settings -- schema`. Exit code 1 when a file has faults. */
export function settingsCommand(now: Date): Command {
  const program = new Command("npm run settings --").description(
    "Check the environment files and write their JSON Schema.",
  );
  program
    .command("check")
    .description("Check one environment file, or all: faults, warnings, and when the batch runs next.")
    .argument("[environment]", "for example prod; all when left out")
    .option("--json", "print one JSON object instead of text")
    .option("--folder <folder>", "the folder of the environment files (default: environments)")
    .addHelpText("after", "\nExit codes: 0 no faults, 1 faults.")
    .action((name: string | undefined, { json, folder = environmentsFolder() }: CheckOptions) => {
      const files = name === undefined ? checkFolder(folder, now) : [checkNamed(name, folder, now)];
      const report = checkReport(files, now);
      if (json) console.log(JSON.stringify(report, null, 2));
      else printReport(report, console);
      if (report.faults.length > 0) process.exitCode = 1;
    });
  program
    .command("schema")
    .description("Write environments/environment.schema.json, by which editors check and complete the files.")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("after", "\nExit codes: 0 written, 1 error.")
    .action(({ json }: CheckOptions) => {
      const file = jsonSchemaFile();
      writeFileSync(file, jsonSchemaText());
      const written = relative(process.cwd(), file);
      console.log(json ? JSON.stringify({ written }) : `Wrote ${written}.`);
    });
  return program;
}

if (require.main === module) {
  try {
    settingsCommand(new Date()).parse();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
