import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";

/** Sends whoever comes by plain HTTP on to HTTPS: a listener of ours on Beanstalk's load balancer, as Beanstalk's own can only forward. */
export class HttpsRedirect extends Construct {
  constructor(scope: Construct, id: string, props: { readonly loadBalancerArn: string }) {
    super(scope, id);
    new LbListener(this, "Default", {
      loadBalancerArn: props.loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
  }
}
