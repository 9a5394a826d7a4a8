import { AwsError, type GapContext, type GapRequest } from "../gap";
import type { FormCall } from "../operation-gap";
import { textsOf } from "../xml";
import type { Balancer, Setting } from "./resource";

type Fields = Readonly<Record<string, string>>;

const optionOf = (settings: readonly Setting[], namespace: string, name: string): string | undefined =>
  settings.find(({ Namespace, OptionName }) => Namespace === namespace && OptionName === name)?.Value;

const list = (name: string, values: string | undefined): Fields =>
  Object.fromEntries((values?.split(",") ?? []).map((value, at) => [`${name}.member.${at + 1}`, value]));

/** Asks the emulated Elastic Load Balancing, which tells services by the signature's scope, in the caller's name. */
const elasticLoadBalancing = (request: GapRequest, context: GapContext) => async (action: string, fields: Fields) => {
  const authorization = request.headers.authorization?.replace("/elasticbeanstalk/", "/elasticloadbalancing/");
  const { "x-amz-target": _, ...headers } = request.headers;
  const body = Buffer.from(new URLSearchParams({ Action: action, Version: "2015-12-01", ...fields }).toString());
  const reply = await context.upstream(request, { headers: { ...headers, authorization }, body });
  const xml = reply.body.toString();
  if (reply.status !== 200) throw new AwsError("ServiceUnavailable", `${action}: ${textsOf(xml, "Message")[0] ?? xml}`);
  return (name: string): string => textsOf(xml, name)[0] ?? "";
};

/** The application load balancer of an environment after its settings changed; undefined where they ask for none. */
export async function balancerAfter(
  { request, context }: FormCall,
  environmentId: string,
  settings: readonly Setting[],
  was: Balancer | undefined,
): Promise<Balancer | undefined> {
  if (optionOf(settings, "aws:elasticbeanstalk:environment", "LoadBalancerType") !== "application") return was;
  const ask = elasticLoadBalancing(request, context);
  const loadBalancerArn =
    was?.loadBalancerArn ??
    (
      await ask("CreateLoadBalancer", {
        Name: `awseb-${environmentId}`,
        ...list("Subnets", optionOf(settings, "aws:ec2:vpc", "ELBSubnets")),
        ...list("SecurityGroups", optionOf(settings, "aws:elbv2:loadbalancer", "SecurityGroups")),
      })
    )("LoadBalancerArn");
  const targetGroupArn =
    was?.targetGroupArn ??
    (
      await ask("CreateTargetGroup", {
        Name: `awseb-${environmentId}`,
        Protocol: "HTTP",
        Port: "80",
        VpcId: optionOf(settings, "aws:ec2:vpc", "VPCId") ?? "",
      })
    )("TargetGroupArn");
  const https = optionOf(settings, "aws:elbv2:listener:443", "ListenerEnabled") === "true";
  const port = https ? 443 : 80;
  const listener: Fields = {
    Protocol: https ? "HTTPS" : "HTTP",
    Port: String(port),
    ...(https && {
      "Certificates.member.1.CertificateArn": optionOf(settings, "aws:elbv2:listener:443", "SSLCertificateArns") ?? "",
      SslPolicy: optionOf(settings, "aws:elbv2:listener:443", "SSLPolicy") ?? "ELBSecurityPolicy-2016-08",
    }),
    "DefaultActions.member.1.Type": "forward",
    "DefaultActions.member.1.TargetGroupArn": targetGroupArn,
  };
  if (was?.port === port) {
    await ask("ModifyListener", { ListenerArn: was.listenerArn, ...listener });
    return was;
  }
  if (was) await ask("DeleteListener", { ListenerArn: was.listenerArn });
  const created = await ask("CreateListener", { LoadBalancerArn: loadBalancerArn, ...listener });
  return { loadBalancerArn, targetGroupArn, listenerArn: created("ListenerArn"), port };
}

/** Takes away what {@link balancerAfter} made. */
export async function removeBalancer({ request, context }: FormCall, was: Balancer | undefined): Promise<void> {
  if (was === undefined) return;
  const ask = elasticLoadBalancing(request, context);
  await ask("DeleteListener", { ListenerArn: was.listenerArn });
  await ask("DeleteLoadBalancer", { LoadBalancerArn: was.loadBalancerArn });
  await ask("DeleteTargetGroup", { TargetGroupArn: was.targetGroupArn });
}
