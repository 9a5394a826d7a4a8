import { rule } from "./rule";

/** Studio refuses a default above the maximum (SageMaker API reference, DefaultEbsStorageSettings). */
export const spaceSizes = rule(["analytics"], function* ({ analytics }) {
  const { defaultGigabytes, maximumGigabytes } = analytics.spaces;
  if (defaultGigabytes <= maximumGigabytes) return;
  const expected = `maximumGigabytes or less, which is ${maximumGigabytes}`;
  yield {
    path: ["analytics", "spaces", "defaultGigabytes"],
    expected,
    toDo: `Write ${maximumGigabytes} or less, or raise maximumGigabytes.`,
  };
});
