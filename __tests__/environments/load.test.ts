import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment, loadEnvironments, SettingsError } from "../../environments/load";
import { editedText, today } from "./edited";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text = editedText()) => writeFileSync(join(folder, file), text);
const messageOf = (load: () => unknown): string => {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message.replaceAll(`${folder}/`, "").replaceAll(folder, "FOLDER");
  }
  throw new Error("nothing was thrown");
};

it("loads one environment by its name", () => {
  write("test.yaml");
  expect(loadEnvironment("test", folder, today).name).toBe("test");
});

it("loads all environments in the order of their names, and leaves other files alone", () => {
  for (const file of ["b.yaml", "a.yaml", "schema.ts", "environment.schema.json", ".hidden.yaml"]) write(file);
  expect(loadEnvironments(folder, today).map(({ name }) => name)).toEqual(["a", "b"]);
});

it("throws every fault of every file at once", () => {
  write("a.yaml", editedText(["processedDays: 30", "processedDays: 0"], ["zones: 2", "zones: 4"]));
  write("b.yaml", editedText(["logDays: 30", "logDays: 2"]));
  write("c.yaml");
  const places = messageOf(() => loadEnvironments(folder, today))
    .split("\n")
    .map((line) => line.split(": ")[0]);
  expect(places).toEqual([
    "a.yaml:12:18 retention.processedDays",
    "a.yaml:18:10 network.zones",
    "b.yaml:15:12 retention.logDays",
  ]);
});

it("names the environments there are when one is not", () => {
  write("dev.yaml");
  write("prod.yaml");
  expect(messageOf(() => loadEnvironment("prd", folder, today))).toBe(
    'prd.yaml:1:1: expected one of the environments dev, prod, but got "prd". Did you mean prod?',
  );
  expect(messageOf(() => loadEnvironment("../secrets", folder, today))).toContain('but got "../secrets".');
});

it.each(["Prod.yaml", "a-b.yaml", "elevenchars.yaml", "1st.yaml", "prod.yml"])("refuses the file name %s", (file) => {
  write(file);
  expect(messageOf(() => loadEnvironments(folder, today))).toBe(
    `${file}:1:1: expected a file name of a lower-case letter and at most 9 lower-case letters or digits, ending in .yaml, but got "${file}". Rename the file.`,
  );
});

it("takes a name of ten letters and digits", () => {
  write("sandbox123.yaml");
  expect(loadEnvironments(folder, today).map(({ name }) => name)).toEqual(["sandbox123"]);
});

it("says so when there is no environment file", () => {
  expect(messageOf(() => loadEnvironments(folder, today))).toBe(
    "FOLDER:1:1: expected at least one environment file, such as prod.yaml, but there is none. Add one.",
  );
});
