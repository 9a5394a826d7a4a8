import { readUploadSettings } from "../../../apps/upload/settings";

const least = {
  ENVIRONMENT: "prod",
  AUTHENTICATION: "none",
  UPLOADS_BUCKET: "darkroom-prod-uploads",
  PROCESSED_BUCKET: "darkroom-prod-processed",
  AWS_REGION: "eu-central-1",
  SCHEDULE_ENABLED: "true",
  SCHEDULE_EXPRESSION: "cron(30 3 ? * MON,TUE *)",
  SCHEDULE_TIME_ZONE: "Europe/Berlin",
  PROCESSED_DAYS: "30",
};

it("needs the buckets, the schedule and the days; the rest has defaults", () => {
  expect(readUploadSettings(least)).toMatchObject({
    MAX_IMAGE_BYTES: 26_214_400,
    MULTIPART_FROM_BYTES: 16_777_216,
    PART_BYTES: 8_388_608,
    SIGNED_SECONDS: 900,
    SCHEDULE_ENABLED: true,
    PROCESSED_DAYS: 30,
  });
});

it("names every fault at once", () => {
  const wrong = {
    ...least,
    UPLOADS_BUCKET: "",
    PROCESSED_BUCKET: "A",
    PART_BYTES: "5242879",
    SIGNED_SECONDS: "3601",
    SCHEDULE_ENABLED: "yes",
    SCHEDULE_EXPRESSION: "cron(30 25 * * ? *)",
    SCHEDULE_TIME_ZONE: "Berlin",
    PROCESSED_DAYS: "0",
  };
  expect(() => readUploadSettings(wrong)).toThrow(
    "The app cannot start. UPLOADS_BUCKET: expected the name of the uploads bucket, but got nothing; " +
      'PROCESSED_BUCKET: expected the name of the processed bucket, but got "A"; ' +
      'PART_BYTES: expected a whole number of bytes from 5242880 to 5368709120, but got "5242879"; ' +
      'SIGNED_SECONDS: expected a whole number of seconds from 60 to 3600, but got "3601"; ' +
      'SCHEDULE_ENABLED: expected true or false, but got "yes"; ' +
      "SCHEDULE_EXPRESSION: expected cron(…) with the six fields of EventBridge Scheduler, " +
      'but got "cron(30 25 * * ? *)"; ' +
      'SCHEDULE_TIME_ZONE: expected an IANA time zone, for example Europe/Berlin, but got "Berlin"; ' +
      'PROCESSED_DAYS: expected a whole number of days from 1 to 3650, but got "0". ' +
      "Set the environment variables and start it again.",
  );
});
