import { environmentWith, synth } from "../../support/synth";
import { prod, trustOf } from "./access";

const statement = (subjects: string[], more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "WorkflowsOfThisRepository",
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::333333333333:oidc-provider/token.actions.githubusercontent.com" },
      Action: ["sts:AssumeRoleWithWebIdentity"],
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": subjects,
          ...more,
        },
      },
    },
  ],
});

it("lets pull requests and main of the one repository plan", () => {
  expect(trustOf(prod.bootstrap, "darkroom-prod-plan")).toEqual(
    statement(["repo:image-platform/darkroom:pull_request", "repo:image-platform/darkroom:ref:refs/heads/main"]),
  );
});

it("lets only jobs of the GitHub environment, on main, apply", () => {
  expect(trustOf(prod.bootstrap, "darkroom-prod-apply")).toEqual(
    statement(["repo:image-platform/darkroom:environment:prod"], {
      "token.actions.githubusercontent.com:ref": "refs/heads/main",
    }),
  );
});

it("names GitHub's numbers where the settings have them, for a name can be taken over", () => {
  const numbers = { "github.ownerId": 123456, "github.repositoryId": 456789 };
  const { bootstrap } = synth(environmentWith("prod", numbers));
  expect(JSON.stringify(trustOf(bootstrap, "darkroom-prod-apply"))).toContain(
    '["repo:image-platform@123456/darkroom@456789:environment:prod"]',
  );
});

it.each(["local", "dev", "staging", "prod"])(
  "compares the subjects of %s letter by letter, without a wildcard",
  (name) => {
    const { bootstrap } = synth(environmentWith(name));
    const roles = Object.values(bootstrap.resource.aws_iam_role ?? {}).map(({ assume_role_policy }) =>
      JSON.parse(String(assume_role_policy)),
    );
    expect(roles).toHaveLength(2);
    for (const { Statement } of roles) {
      expect(Object.keys(Statement[0].Condition)).toEqual(["StringEquals"]);
      expect(JSON.stringify(Statement)).not.toMatch(/[*?]/);
    }
  },
);

it("makes the account's GitHub provider, or takes the one that is there", () => {
  expect(prod.bootstrap.resource.aws_iam_openid_connect_provider).toEqual({
    github: expect.objectContaining({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    }),
  });
  const { bootstrap } = synth(environmentWith("prod", { "github.oidcProvider": "exists" }));
  expect(bootstrap.resource.aws_iam_openid_connect_provider).toBeUndefined();
  expect(trustOf(bootstrap, "darkroom-prod-plan")).toEqual(trustOf(prod.bootstrap, "darkroom-prod-plan"));
});
