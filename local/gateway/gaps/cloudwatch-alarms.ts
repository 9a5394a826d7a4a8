import { formOf, nested } from "../form";
import type { Gap } from "../gap";
import { addBeside, content, element, textsOf, type XmlValue } from "../xml";

/** Fields the emulated account reads back itself, or that are not part of an alarm's description. */
const notRepeated = new Set(["Action", "Version", "Tags", "AlarmName"]);
const readBackInPart = ["MetricName", "Namespace", "Threshold", "ComparisonOperator", "EvaluationPeriods"];

export const cloudwatchAlarms: Gap = {
  name: "cloudwatch-alarms",
  service: "monitoring",
  description:
    "CloudWatch alarms read over the query protocol: actions, dimensions, period, statistic, metric queries and missing-data treatment.",
  handles: ({ operation }) => operation === "PutMetricAlarm" || operation === "DescribeAlarms",
  async answer(request, { state, upstream }) {
    const alarms = state<Record<string, XmlValue>>("alarms");
    const reply = await upstream(request);
    if (reply.status !== 200) return reply;
    if (request.operation === "PutMetricAlarm") {
      const form = formOf(request.body);
      const fields = Object.entries(nested(form)).filter(([name]) => !notRepeated.has(name));
      alarms.put(form.get("AlarmName") ?? "", { ActionsEnabled: "true", ...Object.fromEntries(fields) });
      return reply;
    }
    const xml = reply.body.toString();
    const members = xml.split(/(?=<member><AlarmName>)/).map((member) => {
      const name = textsOf(member, "AlarmName")[0];
      const alarm = name === undefined ? undefined : alarms.get(name);
      if (name === undefined || alarm === undefined) return member;
      return addBeside(withoutPart(member), "AlarmName", name, content(alarm));
    });
    return { ...reply, body: members.join("") };
  },
};

const withoutPart = (member: string): string =>
  [...readBackInPart, "DatapointsToAlarm"].reduce(
    (text, name) => textsOf(text, name).reduce((left, value) => left.replace(element(name, value), ""), text),
    member,
  );
