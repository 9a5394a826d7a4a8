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

/** A gap of a service that names its operation in `X-Amz-Target` and speaks JSON. */
export const jsonGap = (
  props: Named & { readonly operations: Readonly<Record<string, (call: JsonCall) => object>> },
): Gap => {
  const { operations, ...named } = props;
  return {
    ...named,
    handles: ({ operation }) => operation !== undefined && Object.hasOwn(operations, operation),
    answer(request, context) {
      const run = operations[request.operation ?? ""];
      if (run === undefined) throw new AwsError("UnknownOperationException", `no operation ${request.operation}`);
      return jsonReply(run({ request, context, json: JSON.parse(request.body.toString() || "{}") }));
    },
  };
};

/** A gap of a service that speaks the query protocol: form in, XML out. */
export const formGap = (
  props: Named & { readonly operations: Readonly<Record<string, (call: FormCall) => XmlValue>> },
): Gap => {
  const { operations, ...named } = props;
  return {
    ...named,
    handles: ({ operation }) => operation !== undefined && Object.hasOwn(operations, operation),
    answer(request, context) {
      const name = request.operation ?? "";
      const run = operations[name];
      if (run === undefined) throw new AwsError("InvalidAction", `no operation ${name}`);
      return queryReply(name, run({ request, context, form: formOf(request.body) }));
    },
  };
};
