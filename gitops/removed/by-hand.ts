import type { Stack } from "../terraform/manifest";

/** The lines that destroy a stack as a commit has it, with credentials of the account. */
export const destroyLines = (environment: string, stack: string, commit: string): readonly string[] => [
  `git checkout ${commit} && npm ci && npm run bundle && npm run synth -- ${environment}`,
  `terraform -chdir=cdktf.out/stacks/${stack} init`,
  // Only the stack in another account has the variable: it chooses the role.
  `TF_VAR_phase=apply terraform -chdir=cdktf.out/stacks/${stack} destroy`,
];

/** What to do when a removed stack can't be destroyed. @param removedFrom - a commit that has it */
export const byHand = (environment: string, stack: string, removedFrom: string): string =>
  [
    `${stack} is removed, so all of it is to be destroyed. What is protected (prevent_destroy) loses its protection by a pull request of`,
    "its own before; a bucket has to be emptied. Or destroy it by hand:",
    ...destroyLines(environment, stack, removedFrom).map((line) => `  ${line}`),
  ].join("\n");

/** {@link byHand} for a stack; nothing for one that is kept. */
export const handLines = ({ environment, name, removed }: Stack): readonly string[] =>
  removed === undefined ? [] : [byHand(environment, name, removed.from)];
