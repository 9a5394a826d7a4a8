import { edited, faultsOf } from "../edited";

it("keeps the emulated account to the environment local", () => {
  expect(faultsOf([["444444444444", "000000000000"]])[0]).toBe(
    '1:10 account: expected an account of AWS, but got "000000000000" (text). Write the account\'s number; only local is emulated.',
  );
});

it("takes the emulated account in local", () => {
  const certificates = [
    ["acm:eu-central-1:444444444444", "acm:eu-central-1:000000000000"],
    ["acm:eu-central-1:444444444444", "acm:eu-central-1:000000000000"],
  ] as const;
  expect(edited([["444444444444", "000000000000"], ...certificates], "local").account).toBe("000000000000");
});
