import { errorText } from "./demo/run/known-error";
import { parseStartOptions } from "./demo/run/options";
import { runDemo } from "./demo/run/run";

// The SDK would tell at each start that it will need a later Node one day; package.json says which Node this needs.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

async function main(): Promise<number> {
  try {
    const options = parseStartOptions(process.argv.slice(2));
    return options === undefined ? 0 : await runDemo(options);
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n`);
    return 1;
  }
}

// Handles that others left open must not keep a run alive that has ended.
void main().then((code) => process.exit(code));
