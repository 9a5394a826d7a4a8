import { createHash } from "node:crypto";
import { entropyOf, withoutRandomWords } from "../../../gitops/redact/random-words";

it("measures bits a character", () => {
  expect(entropyOf("aaaa")).toBe(0);
  expect(entropyOf("abab")).toBe(1);
  expect(entropyOf("abcdefgh")).toBe(3);
});

it("takes nearly every random key of 40 characters out", () => {
  const keys = Array.from({ length: 1000 }, (_, seed) =>
    createHash("sha512").update(String(seed)).digest().subarray(0, 30).toString("base64"),
  );
  const left = keys.filter((key) => withoutRandomWords(`before ${key} after`) !== "before (secret) after");
  // A few lack one of the three kinds of characters, or fall apart at slashes.
  expect(left.length).toBeLessThan(50);
});

it.each([
  "arn:aws:iam::333333333333:role/darkroom-prod-stream-functions-network-access",
  "arn:aws:states:eu-central-1:333333333333:stateMachine:darkroom-prod-batch",
  "3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed",
  "1b2c3d4e-0000-4111-8222-333344445555",
  "darkroom-prod-333333333333-eu-central-1-processed",
  "aws_s3_bucket_lifecycle_configuration.processed_lifecycle_B7C1F2A9",
  "AmazonSageMakerCanvasDataPrepFullAccess",
  "hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5",
  "com.amazonaws.eu-central-1.sagemaker.runtime",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "64bit Amazon Linux 2023 v6.1.3 running Node.js 22",
])("leaves %s alone", (text) => {
  expect(withoutRandomWords(text)).toBe(text);
});
