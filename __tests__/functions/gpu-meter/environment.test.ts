import { EnvironmentError } from "../../../functions/common/environment";
import { readGpuMeterEnvironment } from "../../../functions/gpu-meter/environment";

const sound = {
  ENVIRONMENT: "prod",
  DOMAIN_ID: "d-1",
  GROUPS: "one,two",
  NAME_PREFIX: "prod-",
  NAME_END: "--",
  ROLE_PREFIX: "darkroom-prod-analysts-",
  SAMPLE_MINUTES: "5",
};

it("reads what the stack sets", () => {
  expect(readGpuMeterEnvironment(sound)).toEqual({
    environment: "prod",
    domainId: "d-1",
    groups: ["one", "two"],
    namePrefix: "prod-",
    nameEnd: "--",
    rolePrefix: "darkroom-prod-analysts-",
    sampleMinutes: 5,
  });
});

it("names all that is missing", () => {
  expect(() => readGpuMeterEnvironment({ ...sound, DOMAIN_ID: "", GROUPS: undefined })).toThrow(
    new EnvironmentError(
      "Environment variables missing: DOMAIN_ID, GROUPS. The analytics stack sets them; deploy it again.",
    ),
  );
});

it.each(["0", "-5", "2.5", "five"])("refuses %s minutes a sample", (minutes) => {
  expect(() => readGpuMeterEnvironment({ ...sound, SAMPLE_MINUTES: minutes })).toThrow(
    `SAMPLE_MINUTES: expected a whole number from 1 on, but got ${minutes}. The analytics stack sets them; deploy it again.`,
  );
});
