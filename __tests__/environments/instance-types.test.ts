import {
  AppInstanceType,
  ProcessingInstanceType,
  ProductionVariantInstanceType,
  TrainingInstanceType,
  TransformInstanceType,
} from "@aws-sdk/client-sagemaker";
import { analyticsSettings } from "../../environments/settings/analytics";

it("every instance type that SageMaker has can be given to a group", () => {
  const { instanceTypes } = analyticsSettings.shape.groups.element.shape;
  const all = [
    AppInstanceType,
    ProcessingInstanceType,
    ProductionVariantInstanceType,
    TrainingInstanceType,
    TransformInstanceType,
  ].flatMap((types) => Object.values(types).filter((type) => type !== AppInstanceType.SYSTEM));
  expect(all).toContain("ml.p6-b200.48xlarge");
  expect(instanceTypes.safeParse([...new Set(all)]).error?.issues).toBeUndefined();
});
