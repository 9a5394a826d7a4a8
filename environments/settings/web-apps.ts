import { z } from "zod";
import { listOf, text, wholeNumber } from "./common";

const webApp = z.strictObject({
  instanceTypes: listOf(
    text(/^[a-z0-9-]+\.[a-z0-9-]+$/, "an EC2 instance type, for example t4g.small"),
    "a list of EC2 instance types",
  )
    .min(1, { error: "at least one instance type" })
    .describe("EC2 instance types of one architecture, the preferred one first."),
  minInstances: wholeNumber(1, 100, "instances").describe("Fewest instances that run, 1 to 100; prod has 2 at least."),
  maxInstances: wholeNumber(1, 100, "instances").describe("Most instances that run, 1 to 100."),
  certificateArn: text(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "the ARN of an ACM certificate in the environment's region",
  )
    .optional()
    .describe("ACM certificate for HTTPS. Left out: plain HTTP, refused outside local."),
  domain: text(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "a host name, for example images.example.com")
    .optional()
    .describe("Host name that people use; browsers from there may upload."),
  firewall: z
    .strictObject({
      mode: z
        .enum(["block", "count"], { error: "block or count" })
        .describe("block: refuses requests. count: lets them through and counts them, to see what would be refused."),
      // AWS WAF Developer Guide, "Rate-based rule high-level settings": 10 to 2,000,000,000.
      requestsPerFiveMinutes: wholeNumber(10, 2_000_000_000, "requests").describe(
        "Most requests of one address in five minutes, 10 or more.",
      ),
    })
    .optional()
    .describe("AWS WAF in front of the app, for a fee a month and a million requests. Left out: none."),
});

const uploadApp = webApp.extend({
  origins: listOf(
    text(
      /^(https:\/\/([a-z0-9-]+\.)+[a-z]{2,}|http:\/\/127\.0\.0\.1)(:\d{1,5})?$/,
      "an origin, for example https://images.example.com, or http://127.0.0.1:8080 on this computer",
    ),
    "a list of origins",
  )
    .optional()
    .describe("Further origins from which browsers may upload, for example https://images.example.com:8443."),
});

/** The two web apps on Elastic Beanstalk (Elastic Beanstalk Developer Guide, "General options"). */
export const webAppsSettings = z
  .strictObject({
    stream: webApp.describe("Web app 1: streams images through Kafka."),
    upload: uploadApp.describe("Web app 2: takes uploads into S3."),
  })
  .describe("The two web apps.");
