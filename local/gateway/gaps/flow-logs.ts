import { formOf } from "../form";
import type { Gap } from "../gap";
import { addBeside, content, textsOf, type XmlValue } from "../xml";

const fields =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";
const defaultFormat = fields.replace(/[\w-]+/g, "$${$&}");

export const flowLogs: Gap = {
  name: "flow-logs",
  service: "ec2",
  description: "VPC flow logs: role, log group, format, aggregation interval and tags are read back.",
  handles: ({ operation }) => operation === "CreateFlowLogs" || operation === "DescribeFlowLogs",
  async answer(request, { state, upstream }) {
    const remembered = state<Record<string, XmlValue>>("flow-logs");
    // The emulated account takes tags of a `flow-log`; AWS and its clients say `vpc-flow-log`.
    const sent = request.body.toString().replaceAll("=vpc-flow-log", "=flow-log");
    const reply = await upstream(request, { body: Buffer.from(sent) });
    if (reply.status !== 200) return reply;
    const xml = reply.body.toString();
    if (request.operation === "CreateFlowLogs") {
      const form = formOf(request.body);
      for (const id of textsOf(xml, "item")) {
        remembered.put(id, {
          deliverLogsPermissionArn: form.get("DeliverLogsPermissionArn") ?? undefined,
          logGroupName: form.get("LogGroupName") ?? form.get("LogDestination")?.match(/:log-group:([^:]+)/)?.[1],
          logFormat: form.get("LogFormat") ?? defaultFormat,
          maxAggregationInterval: form.get("MaxAggregationInterval") ?? "600",
          deliverLogsStatus: "SUCCESS",
        });
      }
      return reply;
    }
    const body = textsOf(xml, "flowLogId").reduce(
      (text, id) => addBeside(text, "flowLogId", id, content(remembered.get(id))),
      xml,
    );
    return { ...reply, body };
  },
};
