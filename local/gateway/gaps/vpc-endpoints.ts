import { type Form, formOf, listOf } from "../form";
import type { Gap } from "../gap";
import { addBeside, element, textsOf } from "../xml";

interface Remembered {
  readonly privateDns: boolean;
  readonly securityGroups: readonly string[];
  readonly policy: string | undefined;
}

const operations = new Set(["CreateVpcEndpoint", "ModifyVpcEndpoint", "DescribeVpcEndpoints"]);

const modified = (was: Remembered, form: Form): Remembered => {
  const removed = new Set(listOf(form, "RemoveSecurityGroupId"));
  const kept = was.securityGroups.filter((id) => !removed.has(id));
  return {
    privateDns: form.has("PrivateDnsEnabled") ? form.get("PrivateDnsEnabled") === "true" : was.privateDns,
    securityGroups: [...new Set([...kept, ...listOf(form, "AddSecurityGroupId")])],
    policy: form.get("ResetPolicy") === "true" ? undefined : (form.get("PolicyDocument") ?? was.policy),
  };
};

/** Gateway endpoints without a policy of their own read back the one that allows everything, as in AWS. */
const everything = JSON.stringify({
  Version: "2008-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

const described = ({ privateDns, securityGroups, policy }: Remembered): string =>
  element("privateDnsEnabled", privateDns) +
  `<groupSet>${securityGroups.map((id) => `<item>${element("groupId", id)}${element("groupName", id)}</item>`).join("")}</groupSet>` +
  element("policyDocument", policy ?? everything);

export const vpcEndpoints: Gap = {
  name: "vpc-endpoints",
  service: "ec2",
  description: "VPC endpoints: private DNS, security groups and policy are read back.",
  handles: ({ operation }) => operations.has(operation ?? ""),
  async answer(request, { state, upstream }) {
    const endpoints = state<Remembered>("endpoints");
    const form = formOf(request.body);
    const reply = await upstream(request);
    if (reply.status !== 200) return reply;
    const xml = reply.body.toString();
    const ids = textsOf(xml, "vpcEndpointId");
    if (request.operation === "CreateVpcEndpoint") {
      for (const id of ids) {
        endpoints.put(id, {
          privateDns: form.get("PrivateDnsEnabled") === "true",
          securityGroups: listOf(form, "SecurityGroupId"),
          policy: form.get("PolicyDocument") ?? undefined,
        });
      }
    }
    if (request.operation === "ModifyVpcEndpoint") {
      const id = form.get("VpcEndpointId") ?? "";
      endpoints.put(
        id,
        modified(endpoints.get(id) ?? { privateDns: false, securityGroups: [], policy: undefined }, form),
      );
    }
    const body = ids.reduce((text, id) => {
      const known = endpoints.get(id);
      return known ? addBeside(text, "vpcEndpointId", id, described(known)) : text;
    }, xml);
    return { ...reply, body };
  },
};
