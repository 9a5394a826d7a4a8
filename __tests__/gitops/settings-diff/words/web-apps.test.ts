import { settingChanges } from "../../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../../support/synth";

const now = new Date("2026-11-24T12:00:00Z");
const told = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  settingChanges(environmentWith("prod", before), environmentWith("prod", after), now).map(({ words, gate }) => [
    words,
    gate,
  ]);
const firewall = (mode: string, requestsPerFiveMinutes: number) => ({
  "webApps.upload.firewall": { mode, requestsPerFiveMinutes },
});

it("tells what a firewall does, and shows a code owner where it lets more through", () => {
  const none = { "webApps.upload.firewall": undefined };
  expect(told(none, firewall("block", 1000))).toEqual([
    [
      "A firewall in front of web app 2 of prod refuses known attacks and more than 1,000 requests of one address in five minutes.",
      undefined,
    ],
  ]);
  expect(told(none, firewall("count", 10))).toEqual([
    [
      "A firewall in front of web app 2 of prod counts and lets through known attacks and more than 10 requests of one address in five minutes.",
      undefined,
    ],
  ]);
  expect(told(firewall("block", 1000), none)).toEqual([
    ["There is no firewall in front of web app 2 of prod any more.", "rights-widened"],
  ]);
  expect(told(firewall("block", 1000), firewall("count", 2000))).toEqual([
    ["The firewall in front of web app 2 of prod only counts what it refused before.", "rights-widened"],
    [
      "The firewall in front of web app 2 of prod takes 2,000 requests of one address in five minutes instead of 1,000.",
      "rights-widened",
    ],
  ]);
  expect(told(firewall("count", 2000), firewall("block", 1000))).toEqual([
    ["The firewall in front of web app 2 of prod refuses what it only counted before.", undefined],
    [
      "The firewall in front of web app 2 of prod takes 1,000 requests of one address in five minutes instead of 2,000.",
      undefined,
    ],
  ]);
});

it("shows a code owner where people sign in, and whether at all", () => {
  const signIn = environmentWith("prod").webSignIn;
  expect(told({}, { "webSignIn.issuer": "https://other.example.com", "webSignIn.clientSecretName": "other" })).toEqual([
    ["People of the web apps of prod sign in at https://other.example.com, and nowhere else.", "rights-widened"],
    ["The load balancers of prod show the provider the secret other of Secrets Manager.", "rights-widened"],
  ]);
  expect(told({ webSignIn: { ...signIn, clientSecretVersion: "1" } }, {})).toEqual([
    [
      "The load balancers of prod show the provider the secret in its version that is current when it is applied.",
      "rights-widened",
    ],
  ]);
  expect(told({}, { webSignIn: undefined })).toEqual([
    ["Nobody has to sign in to the web apps of prod any more.", "rights-widened"],
  ]);
  expect(told({ webSignIn: undefined }, {})).toEqual([
    ["People of the web apps of prod sign in at https://login.example.com.", undefined],
  ]);
});

it.each([
  ["authorizationEndpoint", "People of the web apps of prod are sent to x to sign in."],
  ["tokenEndpoint", "The load balancers of prod get tokens from x."],
  ["userInfoEndpoint", "The load balancers of prod ask x who somebody is."],
  ["clientId", "The load balancers of prod are the client x at the provider."],
])("has words of its own for %s", (setting, words) => {
  expect(told({}, { [`webSignIn.${setting}`]: "x" })).toEqual([[words, "rights-widened"]]);
});
