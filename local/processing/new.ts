import { Command } from "commander";
import { repositoryFolder } from "../../environments/repository";
import { messageOf, UserError } from "../../gitops/user-error";
import { scaffold } from "./scaffold";

/** What to do with a folder of code that has just been made. */
const nextSteps = (name: string): string => `
Next:
  npm run processing:watch -- <folder of images> --code functions/${name}
      shows what it makes of your images, again at each save
  npx jest __tests__/functions/${name}
      its tests; they pass now
  environments/dev.yaml
      processing.code.folder: functions/${name} lets dev run it, once that is merged; npm run bundle builds it`;

new Command("npm run processing:new --")
  .description("Makes a folder of image code, functions/<name>, that works and is tested; yours to change.")
  .argument("<name>", "for example watermark")
  .option("--json", "the files that were made, as JSON")
  .action((name: string, { json }: { readonly json?: true }) => {
    const written = scaffold(repositoryFolder(), name);
    if (json) console.log(JSON.stringify({ folder: `functions/${name}`, written }));
    else console.log([...written.map((file) => `Made ${file}`), nextSteps(name)].join("\n"));
  })
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`processing:new: ${error instanceof UserError ? error.message : messageOf(error)}`);
    process.exitCode = 1;
  });
