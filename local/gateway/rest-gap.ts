import { AwsError, type Gap, type GapContext, type GapRequest, type Reply } from "./gap";
import { jsonReply } from "./replies";

/** The parsed call: path parameters by name, and the JSON body. */
export interface RestCall {
  readonly parameters: Readonly<Record<string, string>>;
  readonly json: Record<string, unknown>;
  readonly request: GapRequest;
  readonly context: GapContext;
}

type Answer = Reply | object;

/** Answers by route: `GET /v1/clusters/{arn}`. A parameter is one percent-encoded path segment. */
export type Routes = Readonly<Record<string, (call: RestCall) => Answer | Promise<Answer>>>;

const isReply = (answer: Answer): answer is Reply => "status" in answer && "body" in answer && "headers" in answer;

const parametersOf = (route: string, method: string, path: string): Record<string, string> | undefined => {
  const [routeMethod, routePath = ""] = route.split(" ");
  const [wanted, given] = [routePath.split("/"), path.replace(/(.)\/$/, "$1").split("/")];
  if (routeMethod !== method || wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const name = part.match(/^\{(\w+)\}$/)?.[1];
    const value = decodeURIComponent(given[at] ?? "");
    if (name !== undefined) parameters[name] = value;
    else if (part !== value) return undefined;
  }
  return parameters;
};

/** A gap in a service that tells its operation by method and path. */
export const restGap = (props: Pick<Gap, "name" | "service" | "description"> & { readonly routes: Routes }): Gap => {
  const { routes, ...named } = props;
  const find = ({ method, path }: Pick<GapRequest, "method" | "path">) => {
    for (const [route, run] of Object.entries(routes)) {
      const parameters = parametersOf(route, method, path);
      if (parameters !== undefined) return { run, parameters };
    }
    return undefined;
  };
  return {
    ...named,
    handles: (request) => find(request) !== undefined,
    async answer(request, context) {
      const found = find(request);
      if (found === undefined)
        throw new AwsError("NotFoundException", `no route ${request.method} ${request.path}`, 404);
      const json = parsed(request.body);
      const answer = await found.run({ parameters: found.parameters, json, request, context });
      return isReply(answer) ? answer : jsonReply(answer);
    },
  };
};

const parsed = (body: Buffer): Record<string, unknown> => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    throw new AwsError("SerializationException", "the body is not JSON");
  }
};
