import { randomBytes, randomUUID } from "node:crypto";
import { formOf } from "../form";
import { AwsError, type Gap, type GapContext, type GapRequest, type Reply } from "../gap";
import { addBeside, element, textsOf } from "../xml";

const changing = new Set(["CreateStack", "UpdateStack"]);

/** Names of the secrets in `{{resolve:secretsmanager:<name>:SecretString…}}`. */
const secretsIn = (template: string): string[] => [
  ...new Set([...template.matchAll(/\{\{resolve:secretsmanager:([^:}]+)/g)].map(([, name = ""]) => name)),
];

/** Makes a secret in the caller's name, unless it is there. */
async function makeSecret(name: string, request: GapRequest, context: GapContext): Promise<void> {
  const headers = {
    ...request.headers,
    authorization: request.headers.authorization?.replace("/cloudformation/", "/secretsmanager/"),
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "secretsmanager.CreateSecret",
  };
  const secret = { Name: name, SecretString: randomBytes(16).toString("hex"), ClientRequestToken: randomUUID() };
  const reply = await context.upstream(request, { headers, body: Buffer.from(JSON.stringify(secret)) });
  const answer = reply.body.toString();
  if (reply.status === 200 || answer.includes("ResourceExistsException")) return;
  throw new AwsError("ServiceUnavailable", `the secret ${name}: ${answer}`);
}

async function change(request: GapRequest, context: GapContext): Promise<Reply> {
  const form = formOf(request.body);
  for (const name of secretsIn(form.get("TemplateBody") ?? "")) await makeSecret(name, request, context);
  const reply = await context.upstream(request);
  const role = form.get("RoleARN");
  if (reply.status === 200 && role !== null) context.state<string>("roles").put(form.get("StackName") ?? "", role);
  return reply;
}

export const cloudformationStacks: Gap = {
  name: "cloudformation-stacks",
  service: "cloudformation",
  description:
    "CloudFormation stacks: the role by which they are made is read back; secrets they refer to are made up where nobody has made them before.",
  handles: ({ operation = "" }) => changing.has(operation) || operation === "DescribeStacks",
  async answer(request, context) {
    if (request.operation !== "DescribeStacks") return change(request, context);
    const reply = await context.upstream(request);
    const xml = reply.body.toString();
    const body = textsOf(xml, "StackName").reduce((text, name) => {
      const role = context.state<string>("roles").get(name);
      return role === undefined ? text : addBeside(text, "StackName", name, element("RoleARN", role));
    }, xml);
    return { ...reply, body };
  },
};
