import { faultsOf } from "../edited";

const withRange = (range: string) => faultsOf([["10.10.0.0/16", range]]);
const somewhere = "within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16";

it.each(["10.255.240.0/20", "172.16.0.0/16", "172.31.0.0/16", "192.168.0.0/16", "192.168.128.0/17"])(
  "takes %s",
  (range) => {
    expect(withRange(range)).toEqual([]);
  },
);

it.each([
  ["10.20.1.0/16", "expected a range that begins at a multiple of its 65536 addresses", "Write 10.20.0.0/16."],
  ["10.20.8.0/20", "expected a range that begins at a multiple of its 4096 addresses", "Write 10.20.0.0/20."],
  ["172.15.0.0/16", `expected a private range ${somewhere}`, "Choose another range, for example 10.20.0.0/16."],
  ["172.32.0.0/16", `expected a private range ${somewhere}`, "Choose another range, for example 10.20.0.0/16."],
  ["192.167.0.0/16", `expected a private range ${somewhere}`, "Choose another range, for example 10.20.0.0/16."],
  ["172.17.16.0/20", "expected a range outside 172.17.0.0/16, which notebooks use themselves", "Choose another range."],
  ["10.300.0.0/16", "expected numbers from 0 to 255, without leading zeros", "Correct the address."],
  ["10.020.0.0/16", "expected numbers from 0 to 255, without leading zeros", "Correct the address."],
])("refuses %s", (range, expected, toDo) => {
  expect(withRange(range)).toEqual([`17:9 network.cidr: ${expected}, but got "${range}" (text). ${toDo}`]);
});

it.each(["10.0.0.0/15", "10.0.0.0/21", "11.0.0.0/16", "10.0.0.1/16"])("refuses the form of %s", (range) => {
  expect(withRange(range)).toEqual([
    `17:9 network.cidr: expected a private IPv4 range from /16 to /20, for example 10.20.0.0/16, but got "${range}" (text). See docs/settings.md.`,
  ]);
});
