import { formGap } from "../operation-gap";

/** Names as AWS writes them: docs.aws.amazon.com/elasticbeanstalk/latest/platforms, Amazon Linux 2023. */
const stacks = [
  "64bit Amazon Linux 2023 v6.7.0 running Node.js 24",
  "64bit Amazon Linux 2023 v6.7.0 running Node.js 22",
  "64bit Amazon Linux 2023 v6.7.0 running Node.js 20",
  "64bit Amazon Linux 2023 v4.8.0 running Docker",
  "64bit Amazon Linux 2023 v4.8.0 running ECS",
];

export const beanstalkPlatforms = formGap({
  name: "beanstalk-platforms",
  service: "elasticbeanstalk",
  description: "The list of Elastic Beanstalk solution stacks: Node.js, Docker and ECS on Amazon Linux 2023.",
  operations: {
    ListAvailableSolutionStacks: () => ({
      SolutionStacks: stacks,
      SolutionStackDetails: stacks.map((name) => ({ SolutionStackName: name, PermittedFileTypes: ["zip"] })),
    }),
  },
});
