import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { write } from "../../support/folders";
import { textOf, workflowFiles } from "../workflow";

const inputs = (names: readonly string[]): string =>
  names.map((name) => `  ${name}:\n    description: ${name}\n    default: ""`).join("\n");

const env = (names: readonly string[]): string =>
  names.map((name) => `        IN_${name.replaceAll("-", "_").toUpperCase()}: \u0024{{ inputs.${name} }}`).join("\n");

/** A composite action with these inputs, as variables `IN_…`, that runs a few lines. */
const action = (names: readonly string[], lines: readonly string[], output = ""): string => `name: stand-in
description: stand-in
inputs:
${inputs(names)}
outputs:
  commit:
    description: commit
    value: \u0024{{ steps.run.outputs.commit }}
  cache-hit:
    description: cache-hit
    value: ${JSON.stringify(output)}
runs:
  using: composite
  steps:
    - id: run
      shell: bash
      env:
${env(names)}
      run: |
${lines.map((line) => `        ${line}`).join("\n")}
`;

/** What stands in for each action: as much of it as a step after it can see, with no network. By repository, then by path in it. */
const standIns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "actions/checkout": {
    "": action(
      ["ref", "fetch-depth", "persist-credentials"],
      [
        'git clone --quiet --no-checkout "$STAND_IN_ORIGIN" .',
        'git fetch --quiet origin "\u0024{IN_REF:-$GITHUB_SHA}"',
        "git checkout --quiet --detach FETCH_HEAD",
        'echo "commit=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"',
      ],
    ),
  },
  "actions/setup-node": { "": action(["node-version", "cache"], ["node --version"]) },
  "hashicorp/setup-terraform": { "": action(["terraform_version", "terraform_wrapper"], ["true"]) },
  "actions/cache": {
    restore: action(["path", "key"], ['test -n "$IN_KEY"'], "false"),
    save: action(["path", "key"], ['echo "$IN_KEY" >> "$STAND_IN_FOLDER/saved-caches"']),
  },
  "actions/upload-artifact": {
    "": action(
      ["name", "path", "if-no-files-found", "retention-days"],
      [
        'folder="$STAND_IN_FOLDER/artifacts/$IN_NAME"',
        "for file in $IN_PATH; do",
        '  if [ -e "$file" ]; then mkdir -p "$folder" && cp "$file" "$folder/"',
        '  elif [ "$IN_IF_NO_FILES_FOUND" = error ]; then echo "no $file" >&2; exit 1; fi',
        "done",
      ],
    ),
  },
  "actions/download-artifact": {
    "": action(
      ["name", "pattern", "merge-multiple", "path"],
      [
        'mkdir -p "\u0024{IN_PATH:-.}"',
        'if [ -n "$IN_NAME" ]; then test -d "$STAND_IN_FOLDER/artifacts/$IN_NAME"; fi',
        'for folder in "$STAND_IN_FOLDER"/artifacts/\u0024{IN_NAME:-$IN_PATTERN}; do',
        '  if [ -d "$folder" ]; then cp "$folder"/* "\u0024{IN_PATH:-.}/"; fi',
        "done",
      ],
    ),
  },
  "aws-actions/configure-aws-credentials": {
    "": action(
      ["role-to-assume", "aws-region", "role-session-name", "role-duration-seconds"],
      [
        'test -n "$IN_ROLE_TO_ASSUME" && test -n "$IN_AWS_REGION" && test -n "$IN_ROLE_SESSION_NAME"',
        'echo "STAND_IN_ROLE=$IN_ROLE_TO_ASSUME" >> "$GITHUB_ENV"',
        'echo "AWS_REGION=$IN_AWS_REGION" >> "$GITHUB_ENV"',
      ],
    ),
  },
};

/**
 * Writes the stand-ins.
 * @returns act's `--local-repository` for each pin of the workflows
 * @throws Error when a workflow uses an action that has none
 */
export function writeStandInActions(folder: string): string[] {
  for (const [repository, parts] of Object.entries(standIns)) {
    for (const [part, text] of Object.entries(parts)) write(join(folder, repository, part, "action.yml"), text);
  }
  mkdirSync(folder, { recursive: true });
  const uses = workflowFiles.flatMap((file) => [
    ...textOf(file).matchAll(/uses: ([\w-]+\/[\w-]+)(?:\/([\w-]+))?@(\w+)/g),
  ]);
  const pins = new Map(
    uses.map(([, repository = "", part = "", pin = ""]) => {
      if (standIns[repository]?.[part] === undefined)
        throw new Error(`There is no stand-in for ${repository}/${part}.`);
      return [`${repository}@${pin}`, join(folder, repository)];
    }),
  );
  return [...pins].map(([pin, path]) => `${pin}=${path}`);
}
