import { jsonGap } from "../operation-gap";
import { jobOperations } from "../sagemaker/job";

export const sagemakerJobs = jsonGap({
  name: "sagemaker-jobs",
  service: "sagemaker",
  description:
    "SageMaker training, processing and transform jobs: in progress from their creation until they are stopped or their longest time is over; nothing is computed.",
  operations: {
    ...jobOperations({ word: "Training", more: (runs) => ({ SecondaryStatus: runs ? "Training" : "Stopped" }) }),
    ...jobOperations({ word: "Processing" }),
    ...jobOperations({ word: "Transform" }),
  },
});
