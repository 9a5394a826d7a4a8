import type { Gap } from "../gap";

interface Call {
  readonly stateMachineArn?: string;
  readonly tracingConfiguration?: { readonly enabled: boolean };
}

const operations = new Set(["CreateStateMachine", "UpdateStateMachine", "DescribeStateMachine"]);

export const stateMachineTracing: Gap = {
  name: "state-machine-tracing",
  service: "states",
  description: "Step Functions: the tracing configuration of a state machine is read back.",
  handles: ({ operation }) => operations.has(operation ?? ""),
  async answer(request, { state, upstream }) {
    const tracing = state<Call["tracingConfiguration"]>("tracing");
    const reply = await upstream(request);
    if (reply.status !== 200) return reply;
    const call = JSON.parse(request.body.toString()) as Call;
    const answered = JSON.parse(reply.body.toString()) as Call;
    const arn = call.stateMachineArn ?? answered.stateMachineArn ?? "";
    if (request.operation !== "DescribeStateMachine") {
      if (call.tracingConfiguration) tracing.put(arn, call.tracingConfiguration);
      return reply;
    }
    return {
      ...reply,
      body: JSON.stringify({ ...answered, tracingConfiguration: tracing.get(arn) ?? { enabled: false } }),
    };
  },
};
