import { readEnvironment } from "../../../functions/common/environment";
import { context } from "../images";

const processing = { limits: context.limits, renditions: context.renditions };

const variables = {
  ENVIRONMENT: "prod",
  UPLOADS_BUCKET: "u",
  PROCESSED_BUCKET: "p",
  QUARANTINE_BUCKET: "q",
  PROCESSING: JSON.stringify(processing),
  PROCESSING_VERSION: "0123456789ab",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "2048",
};

it("reads what the stack and Lambda set", () => {
  expect(readEnvironment(variables)).toEqual({
    environment: "prod",
    uploadsBucket: "u",
    processedBucket: "p",
    quarantineBucket: "q",
    processing,
    processingVersion: "0123456789ab",
    memoryMegabytes: 2048,
  });
});

it("names all missing variables at once", () => {
  expect(() => readEnvironment({ ...variables, UPLOADS_BUCKET: undefined, PROCESSING_VERSION: "" })).toThrow(
    "Environment variables missing: UPLOADS_BUCKET, PROCESSING_VERSION. The compute stack sets them; deploy it again.",
  );
});

it("names all wrong variables at once", () => {
  const wrong = { limits: { maxPixels: 0, maxBytes: 1, maxFrames: 1 }, renditions: [] };
  expect(() => readEnvironment({ ...variables, PROCESSING_VERSION: "v1", PROCESSING: JSON.stringify(wrong) })).toThrow(
    "Environment variables wrong: PROCESSING_VERSION: expected 12 hex digits, but got v1; " +
      "PROCESSING.limits.maxPixels: expected a whole number of pixels from 1 to 268402689; " +
      "PROCESSING.renditions: expected at least one rendition. Deploy the compute stack again.",
  );
});

it("refuses settings that are no JSON", () => {
  expect(() => readEnvironment({ ...variables, PROCESSING: "{" })).toThrow(
    /^Environment variables wrong: PROCESSING: /,
  );
});
