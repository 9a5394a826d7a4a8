import { z } from "zod";
import { listOf, text, wholeNumber } from "./common";

/**
 * Services the network can reach through interface endpoints, by the last part of the service name, Studio's own by `sagemaker.studio`
 * (AWS PrivateLink Guide, "AWS services that integrate with AWS PrivateLink").
 */
export const interfaceEndpoints = [
  "athena",
  "cloudformation",
  "ecr.api",
  "ecr.dkr",
  "elasticbeanstalk",
  "elasticbeanstalk-health",
  "glue",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "sagemaker.api",
  "sagemaker.runtime",
  "sagemaker.studio",
  "sts",
] as const;

/**
 * The VPC of the environment. AWS allows /16 to /28 (VPC User Guide, "VPC CIDR blocks"); three tiers of subnets over
 * three zones with room for notebooks need /20 at least.
 */
export const networkSettings = z
  .strictObject({
    cidr: text(
      /^(10|172|192)\.\d{1,3}\.\d{1,3}\.0\/(16|17|18|19|20)$/,
      "a private IPv4 range from /16 to /20, for example 10.20.0.0/16",
    ).describe("Private IPv4 range of the VPC, /16 to /20. Changing it replaces the network."),
    zones: wholeNumber(2, 3, "availability zones").describe("Availability zones to spread over, 2 or 3."),
    nat: z
      .enum(["none", "one", "one-per-zone"], { error: "one of none, one, one-per-zone" })
      .describe("NAT gateways: none (no way out), one (cheapest), one-per-zone (survives the loss of a zone)."),
    interfaceEndpoints: listOf(
      z.enum(interfaceEndpoints, { error: `one of ${interfaceEndpoints.join(", ")}` }),
      "a list of AWS services",
    ).describe("AWS services reached without leaving the VPC; each costs a fee an hour and zone."),
  })
  .describe("The network of the environment.");
