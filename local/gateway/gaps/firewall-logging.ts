import { AwsError } from "../gap";
import { type JsonCall, jsonGap } from "../operation-gap";

type Configuration = Readonly<Record<string, unknown>>;

const configurations = ({ context }: JsonCall) => context.state<Configuration>("logging-configurations");
const arnOf = ({ json }: JsonCall): string => String(json.ResourceArn);

export const firewallLogging = jsonGap({
  name: "firewall-logging",
  service: "wafv2",
  description: "AWS WAF: where a web ACL logs to, what it leaves out; kept and read back, nothing is logged.",
  operations: {
    PutLoggingConfiguration: (call) => {
      const LoggingConfiguration = call.json.LoggingConfiguration as Configuration;
      configurations(call).put(String(LoggingConfiguration.ResourceArn), LoggingConfiguration);
      return { LoggingConfiguration };
    },
    GetLoggingConfiguration: (call) => {
      const LoggingConfiguration = configurations(call).get(arnOf(call));
      if (LoggingConfiguration === undefined) {
        throw new AwsError("WAFNonexistentItemException", `No logging configuration of ${arnOf(call)}.`);
      }
      return { LoggingConfiguration };
    },
    DeleteLoggingConfiguration: (call) => {
      configurations(call).remove(arnOf(call));
      return {};
    },
  },
});
