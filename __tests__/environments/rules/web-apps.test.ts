import { edited, editedText, faultsOf } from "../edited";

const certificate =
  "    certificateArn: arn:aws:acm:eu-central-1:444444444444:certificate/44444444-4444-4444-8444-444444444442\n";

it("refuses more instances at least than at most", () => {
  expect(faultsOf([["minInstances: 2", "minInstances: 5"]])).toEqual([
    "65:19 webApps.stream.maxInstances: expected minInstances or more, which is 5, but got 3 (number). Write 5 or more.",
  ]);
});

it("wants two instances in prod, where one may fail", () => {
  const edit = [["minInstances: 2", "minInstances: 1"]] as const;
  expect(faultsOf(edit, "prod")).toEqual([
    "64:19 webApps.stream.minInstances: expected 2 instances or more in prod, so that one may fail, but got 1 (number). Write 2 or more.",
  ]);
  expect(faultsOf(edit, "staging")).toEqual([]);
});

const signIn = /\nwebSignIn:\n[\s\S]*$/.exec(editedText())?.[0] ?? "";

it("takes web apps without a certificate, and nobody who signs in, in local", () => {
  const environment = edited(
    [
      [certificate, ""],
      [signIn, "\n"],
    ],
    "local",
  );
  expect(environment.webApps.upload).not.toHaveProperty("certificateArn");
  expect(environment).not.toHaveProperty("webSignIn");
});

it.each(["dev", "staging", "prod", "test"])("wants a certificate in %s", (name) => {
  expect(faultsOf([[certificate, ""]], name)).toEqual([
    '68:3 webApps.upload.certificateArn: expected the ARN of an ACM certificate, in every environment but local, but it is missing. Add "certificateArn:" under upload.',
  ]);
});

it.each(["dev", "staging", "prod", "test"])("wants people of %s to sign in", (name) => {
  expect(faultsOf([[signIn, "\n"]], name)).toEqual([
    '1:1 webSignIn: expected where people of the web apps sign in, in every environment but local, but it is missing. Add "webSignIn:" with what docs/settings.md lists.',
  ]);
});

it("lets nobody sign in without HTTPS, in local either", () => {
  expect(faultsOf([[certificate, ""]], "local")).toEqual([
    '68:3 webApps.upload.certificateArn: expected the ARN of an ACM certificate, as people sign in (webSignIn) by HTTPS only, but it is missing. Add "certificateArn:" under upload.',
  ]);
});

it.each([
  ["issuer: https://login.example.com", "issuer: http://login.example.com"],
  ["tokenEndpoint: https://login.example.com/token", "tokenEndpoint: https://login.example.com/token?a=b"],
])("refuses %s changed to %s", (from, to) => {
  expect(faultsOf([[from, to]])).toEqual([
    expect.stringContaining(
      "expected an address that begins with https://, as the provider's discovery document gives it",
    ),
  ]);
});

it("refuses a secret's name that CloudFormation would take for the end of an ARN", () => {
  expect(faultsOf([["darkroom/web-sign-in", "darkroom/web-AbCd12"]])).toEqual([
    expect.stringContaining(
      "webSignIn.clientSecretName: expected the name of a secret in Secrets Manager, that does not end with a hyphen and six letters or digits",
    ),
  ]);
});

it("takes a firewall that refuses or counts, from 10 requests in five minutes on", () => {
  const firewall = (mode: string, requests: number) =>
    [
      [
        "    domain: upload.example.com",
        `    domain: upload.example.com\n    firewall:\n      mode: ${mode}\n      requestsPerFiveMinutes: ${requests}`,
      ],
    ] as const;
  expect(edited(firewall("count", 10)).webApps.upload.firewall).toEqual({ mode: "count", requestsPerFiveMinutes: 10 });
  expect(faultsOf(firewall("off", 9))).toEqual([
    '75:13 webApps.upload.firewall.mode: expected block or count, but got "off" (text). Choose one of these.',
    "76:31 webApps.upload.firewall.requestsPerFiveMinutes: expected a whole number of requests from 10 to 2000000000, but got 9 (number). Write 10 or more.",
  ]);
});

it("wants the certificate in the environment's region and account", () => {
  expect(faultsOf([["acm:eu-central-1", "acm:us-east-1"]])).toEqual([
    "66:21 webApps.stream.certificateArn: expected a certificate in the region eu-central-1, but got one in us-east-1. Request or import the certificate there and write its ARN.",
  ]);
  expect(faultsOf([["acm:eu-central-1:444444444444", "acm:eu-central-1:555555555555"]])).toEqual([
    "66:21 webApps.stream.certificateArn: expected a certificate in the account 444444444444, but got one in 555555555555. Request or import the certificate there and write its ARN.",
  ]);
});

it("gives each web app a host name of its own", () => {
  expect(faultsOf([["domain: upload.example.com", "domain: stream.example.com"]])).toEqual([
    '73:13 webApps.upload.domain: expected a host name that differs from webApps.stream.domain, but got "stream.example.com" (text). Give each web app a host name of its own.',
  ]);
});

it.each([["t4g.small, m7g.large, c7gn.large, a1.large"], ["t3.small, g4dn.xlarge, m5.large"]])(
  "takes instance types of one architecture: %s",
  (types) => {
    expect(faultsOf([["instanceTypes: [t4g.small]", `instanceTypes: [${types}]`]])).toEqual([]);
  },
);

it("refuses instance types of two architectures", () => {
  expect(faultsOf([["instanceTypes: [t4g.small]", "instanceTypes: [t4g.small, t3.small]"]])).toEqual([
    '63:32 webApps.stream.instanceTypes[1]: expected an arm64 type (Graviton), like t4g.small, but got "t3.small" (text). Keep to types of one architecture.',
  ]);
});
