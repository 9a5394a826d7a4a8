import { permissionSetName } from "../../modules/permission-set-name";

it("names the environment and the group", () => {
  expect(permissionSetName("prod", "image-analysts")).toBe("prod-image-analysts");
});

it("fits into 32 characters, and stays different where what differs is cut off", () => {
  const names = ["a", "b"].map((end) => permissionSetName("sandbox123", `${"x".repeat(31)}${end}`));
  for (const name of names) expect(name).toMatch(/^sandbox123-x{14}-[0-9a-f]{6}$/);
  expect(new Set(names).size).toBe(2);
});
