import { join } from "node:path";
import { type Gateway, startGateway } from "../../../local/gateway/gateway";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { call } from "./test-account";

const newFolder = temporaryFolders();
let gateway: Gateway;

/** Asks SageMaker of the gateway alone: nothing of this is passed on. */
const sagemaker = (operation: string, json: object) =>
  call({ endpoint: gateway.endpoint, account: "123456789012", region: "eu-central-1" }, "sagemaker", {
    target: `SageMaker.${operation}`,
    body: JSON.stringify(json),
  });

/** What is answered to a profile in a new domain of this mode. */
async function profileIn(AuthMode: "IAM" | "SSO", signIn: object) {
  const { text } = await sagemaker("CreateDomain", { DomainName: AuthMode, AuthMode });
  const { DomainId } = JSON.parse(text);
  const { status, text: answer } = await sagemaker("CreateUserProfile", {
    DomainId,
    UserProfileName: "ann",
    ...signIn,
  });
  return [status, JSON.parse(answer).message];
}

const named = { SingleSignOnUserIdentifier: "UserName", SingleSignOnUserValue: "ann" };

beforeAll(async () => {
  gateway = await startGateway({
    upstream: "http://127.0.0.1:1",
    stateFile: join(newFolder(), "state.json"),
    kafkaBrokers: ["127.0.0.1:1"],
  });
});

afterAll(() => gateway?.stop());

it("takes a profile that says who it is in IAM Identity Center where the domain signs in by that, and no other", async () => {
  expect(await profileIn("SSO", named)).toEqual([200, undefined]);
  expect(await profileIn("SSO", {})).toEqual([
    400,
    "SingleSignOnUserIdentifier and SingleSignOnUserValue are required where the Domain's AuthMode is SSO.",
  ]);
});

it("takes a profile that says nothing of it where the domain signs in by IAM, and no other", async () => {
  expect(await profileIn("IAM", {})).toEqual([200, undefined]);
  expect(await profileIn("IAM", named)).toEqual([
    400,
    "SingleSignOnUserIdentifier and SingleSignOnUserValue are allowed only where the Domain's AuthMode is SSO.",
  ]);
});
