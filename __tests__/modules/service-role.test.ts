import { ServiceRole } from "../../modules/service-role";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const trust = (service: string) => {
  const stack = synthConstruct((scope) => {
    new ServiceRole(scope, "role", { roleName: "any", service, account: "111111111111", statements: [] });
  });
  return JSON.parse(String(resource(stack, "aws_iam_role").assume_role_policy)).Statement[0];
};

it.each(["scheduler", "states", "vpc-flow-logs"])("lets %s take a role for its account only", (name) => {
  const { Condition } = trust(`${name}.amazonaws.com`);
  expect(Condition).toEqual({ StringEquals: { "aws:SourceAccount": "111111111111" } });
});

it("lets SageMaker take a role for whatever of its own account, by the ARN that it shows for Studio, jobs and endpoints", () => {
  const { Condition } = trust("sagemaker.amazonaws.com");
  expect(Condition).toEqual({ ArnLike: { "aws:SourceArn": "arn:aws:sagemaker:*:111111111111:*" } });
});

it("lets Beanstalk take a role with its own identifier", () => {
  const { Condition } = trust("elasticbeanstalk.amazonaws.com");
  expect(Condition).toEqual({ StringEquals: { "sts:ExternalId": "elasticbeanstalk" } });
});

it.each(["lambda", "ec2", "cloudformation"])(
  "asks nothing of %s, of which AWS does not say that it shows it",
  (name) => {
    expect(trust(`${name}.amazonaws.com`)).not.toHaveProperty("Condition");
  },
);
