import { type Form, formOf } from "./form";
import { AwsError, type Gap, type GapContext, type GapRequest } from "./gap";
import { jsonReply, queryReply } from "./replies";
import type { XmlValue } from "./xml";

export interface OperationCall {
  readonly request: GapRequest;
  readonly context: GapContext;
}
export interface JsonCall extends OperationCall {
  readonly json: Record<string, unknown>;
}
export interface FormCall extends OperationCall {
  readonly form: Form;
}

type Named = Pick<Gap, "name" | "service" | "description">;

/** A gap that has an answer for each of some operations; `answer` gets the one that was asked for. */
const operationGap = <Operation>(
  { operations, ...named }: Named & { readonly operations: Readonly<Record<string, Operation>> },
  unknownCode: string,
  answer: (operation: Operation, name: string, call: OperationCall) => ReturnType<Gap["answer"]>,
): Gap => ({
  ...named,
  handles: ({ operation }) => operation !== undefined && Object.hasOwn(operations, operation),
  answer(request, context) {
    const name = request.operation ?? "";
    const operation = operations[name];
    if (operation === undefined) throw new AwsError(unknownCode, `no operation ${name}`);
    return answer(operation, name, { request, context });
  },
});

/** A gap of a service that names its operation in `X-Amz-Target` and speaks JSON. */
export const jsonGap = (
  props: Named & { readonly operations: Readonly<Record<string, (call: JsonCall) => object>> },
): Gap =>
  operationGap(props, "UnknownOperationException", (run, _, call) =>
    jsonReply(run({ ...call, json: JSON.parse(call.request.body.toString() || "{}") })),
  );

/** A gap of a service that speaks the query protocol: form in, XML out. */
export const formGap = (
  props: Named & { readonly operations: Readonly<Record<string, (call: FormCall) => XmlValue | Promise<XmlValue>>> },
): Gap =>
  operationGap(props, "InvalidAction", async (run, name, call) =>
    queryReply(name, await run({ ...call, form: formOf(call.request.body) })),
  );
