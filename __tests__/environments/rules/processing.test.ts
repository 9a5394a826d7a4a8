import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../../environments/repository";
import { processingSettings } from "../../../environments/settings/processing";
import { edited, faultsOf } from "../edited";

const image = (region: string) => `444444444444.dkr.ecr.${region}.amazonaws.com/processing@sha256:${"a".repeat(64)}`;
const withImage = (region: string) => [["folder: functions/processing", `image: ${image(region)}`]] as const;

it("runs functions on the host only in local", () => {
  expect(edited([["arm64", "host"]], "local").processing.architecture).toBe("host");
  expect(faultsOf([["arm64", "host"]])).toEqual([
    '39:17 processing.architecture: expected arm64, in every environment but local, but got "host" (text). Write arm64.',
  ]);
});

it("wants a container image in the environment's region", () => {
  expect(edited(withImage("eu-central-1")).processing.code).toEqual({ image: image("eu-central-1") });
  expect(faultsOf(withImage("us-east-1"))).toEqual([
    "38:12 processing.code.image: expected an image in the region eu-central-1, but got one in us-east-1. Push the image to a repository there and write its address.",
  ]);
});

it("wants a way to Lambda's API where a container image is called", () => {
  const none = [...withImage("eu-central-1"), ["nat: one", "nat: none"]] as const;
  expect(edited([...none, ["[sts]", "[sts, lambda]"]]).processing.code).toEqual({ image: image("eu-central-1") });
  expect(edited(none, "local").network.nat).toBe("none");
  expect(faultsOf(none)).toEqual([
    '20:23 network.interfaceEndpoints: expected lambda among them, as processing.code.image is called through Lambda\'s API and network.nat is none, but got a list of 1. Add lambda to the list, or set network.nat to "one".',
  ]);
});

it("keeps animations in webp alone", () => {
  expect(edited([["fit: cover", "fit: cover\n      animation: keep"]]).processing.renditions[1]?.animation).toBe(
    "keep",
  );
  expect(faultsOf([["fit: inside", "fit: inside\n      animation: keep"]])).toEqual([
    '54:18 processing.renditions[0].animation: expected first-frame, as jpeg pictures are not animated, but got "keep" (text). Write first-frame, or format: webp.',
  ]);
});

it("refuses two renditions of the same name", () => {
  expect(faultsOf([["name: thumbnail", "name: web"]])).toEqual([
    '55:13 processing.renditions[1].name: expected a name that no other entry of the list has, but got "web" (text). Rename one of the two.',
  ]);
});

it("takes image code, and no folder of Darkroom itself", () => {
  const functions = join(repositoryFolder(), "functions");
  const folders = readdirSync(functions);
  const holdsImageCode = (folder: string) => {
    const index = join(functions, folder, "index.ts");
    return existsSync(index) && readFileSync(index, "utf8").includes("export const contractVersion");
  };
  const taken = folders.filter(
    (name) => processingSettings.shape.code.safeParse({ folder: `functions/${name}` }).success,
  );
  expect(taken).toEqual(folders.filter(holdsImageCode));
  expect(taken).toContain("processing");
});
