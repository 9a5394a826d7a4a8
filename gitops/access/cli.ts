import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { loadEnvironment } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import type { Environment } from "../../environments/schema";
import { groupRoleName } from "../../modules/group-rights";
import { stackName } from "../../modules/names";
import { synthesize } from "../synthesize";
import { messageOf, UserError } from "../user-error";
import { accessOfGroup, answer } from "./access-of-group";
import { type RightsStack, rolePolicies } from "./role-policies";
import { type Request, simulate } from "./simulate";

interface Flags {
  readonly json?: true;
  readonly synthesized?: string;
}

type Write = (line: string) => void;

/** The stacks that tell what groups may do: their roles, and the boundary of these. */
function stacksOf(environment: Environment, synthesized: string | undefined): RightsStack[] {
  const folder = synthesized === undefined ? synthesize(repositoryFolder(), [environment.name]) : resolve(synthesized);
  return (["analytics", "bootstrap"] as const).map((layer) => {
    const file = join(folder, "stacks", stackName(environment, layer), "cdk.tf.json");
    return JSON.parse(readFileSync(file, "utf8")) as RightsStack;
  });
}

function groupsOf({ name, analytics }: Environment, wanted: string | undefined): string[] {
  const names = analytics.groups.map((group) => group.name);
  if (wanted === undefined) return names;
  if (names.includes(wanted)) return [wanted];
  throw new UserError(`Expected a group of ${name} out of ${names.join(", ") || "none"}, but got ${wanted}.`);
}

/** `key=value,value` as the keys of a request. */
function keysOf(given: readonly string[]): NonNullable<Request["keys"]> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new UserError(`Expected key=value for --with, but got ${text}.`);
      return [text.slice(0, at), text.slice(at + 1).split(",")] as const;
    }),
  );
}

/** The commands `show` and `check`; the exit code is set by `leave`. */
export function accessCommand(write: Write, leave: (code: number) => void): Command {
  const program = new Command("npm run access --").description(
    "Tells what groups of analysts may do, from the stacks as they would be applied.",
  );
  program
    .command("show", { isDefault: true })
    .description("Prints who may do what.")
    .argument("<environment>", "for example prod")
    .argument("[group]", "for example image-analysts; all when left out")
    .option("--json", "print one JSON object: groups, each with its name and what it may")
    .option("--synthesized <folder>", "look at stacks that npm run synth has written there")
    .addHelpText("after", "\nExit codes: 0 told, 2 a fault.")
    .action((name: string, wanted: string | undefined, { json, synthesized }: Flags) => {
      const environment = loadEnvironment(name);
      const groups = groupsOf(environment, wanted);
      const stacks = stacksOf(environment, synthesized);
      const told = groups.map((group) => ({
        name: group,
        may: accessOfGroup(environment, group, rolePolicies(stacks, groupRoleName(environment, group))),
      }));
      if (json) return write(JSON.stringify({ environment: name, groups: told }));
      for (const { name: group, may } of told) {
        write([`${group} may`, ...(may.length > 0 ? may : ["do nothing but look at Studio"])].join("\n  "));
      }
    });
  program
    .command("check")
    .description("Answers whether a group may do something, by its policies and the permissions boundary.")
    .argument("<environment>", "for example prod")
    .argument("<group>", "for example image-analysts")
    .argument("<action>", "an action of IAM, for example s3:GetObject")
    .argument("<resource>", "an ARN, or * for actions without a resource")
    .option("--with <key=value...>", "condition keys of the request, for example sagemaker:InstanceTypes=ml.g5.xlarge")
    .option(
      "--bare",
      "add no keys that the policies demand; without it those are taken as the starter notebooks send them",
    )
    .option("--json", "print one JSON object: allowed, because, keys")
    .option("--synthesized <folder>", "look at stacks that npm run synth has written there")
    .addHelpText(
      "after",
      "\nPolicies of buckets, of keys and of the organisation are not looked at: they can only take away.\nExit codes: 0 allowed, 1 denied, 2 a fault.",
    )
    .action(
      (
        name: string,
        wanted: string,
        action: string,
        resource: string,
        flags: Flags & { readonly with?: readonly string[]; readonly bare?: true },
      ) => {
        const environment = loadEnvironment(name);
        const [group = ""] = groupsOf(environment, wanted);
        const rights = rolePolicies(stacksOf(environment, flags.synthesized), groupRoleName(environment, group));
        const request = { action, resource, keys: keysOf(flags.with ?? []) };
        const { allowed, because, keys } = flags.bare
          ? { ...simulate(rights.policies, rights.boundary, request), keys: request.keys }
          : answer(rights, request);
        const added = Object.entries(keys ?? {}).map(([key, value]) => `${key}=${[value].flat().join(",")}`);
        if (flags.json) write(JSON.stringify({ group, action, resource, allowed, because, keys }));
        else {
          write(`${allowed ? "allowed" : "denied"}: ${because}.`);
          if (added.length > 0) write(`asked with ${added.join(" ").replaceAll(/⟨[^⟩]*⟩/g, "(what Terraform makes)")}`);
        }
        leave(allowed ? 0 : 1);
      },
    );
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}

if (require.main === module) {
  const program = accessCommand(
    (line) => process.stdout.write(`${line}\n`),
    (code) => {
      process.exitCode = code;
    },
  );
  try {
    program.parse();
  } catch (error) {
    // Commander has said itself what is wrong; help and --version end with 0.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      const known = error instanceof UserError || (error instanceof Error && /^(Settings|Unknown)/.test(error.name));
      process.stderr.write(`${known || !(error instanceof Error) ? messageOf(error) : error.stack}\n`);
      process.exitCode = 2;
    }
  }
}
