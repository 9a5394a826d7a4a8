import { StudioStart } from "../../modules/studio-start";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const nameOf = (script: string) =>
  resource(
    synthConstruct((scope) => {
      new StudioStart(scope, "start", { name: "darkroom-test-start", script });
    }),
    "aws_sagemaker_studio_lifecycle_config",
  ).studio_lifecycle_config_name;

it("equal scripts have equal names, and another has another", () => {
  expect(nameOf("echo 1")).toBe(nameOf("echo 1"));
  expect(nameOf("echo 2")).not.toBe(nameOf("echo 1"));
  expect(nameOf("echo 1")).toMatch(/^darkroom-test-start-[0-9a-f]{8}$/);
});

it("a script that SageMaker would not take is refused before anything is applied", () => {
  expect(() => nameOf("x".repeat(12_289))).toThrow(
    /start: the script has 16388 characters as Base64, 16384 at most\.$/,
  );
  expect(() => nameOf("x".repeat(12_288))).not.toThrow();
});
