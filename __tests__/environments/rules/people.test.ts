import { anotherGroup, edited, faultsOf } from "../edited";

const first = ["      sessionHours: 8\n", "      sessionHours: 8\n      people: [ada.okafor, ben]\n"] as const;
const withSecond = (people: string) => [first, anotherGroup("image-scientists", `      people: ${people}\n`)] as const;

it("takes people of several groups, and groups without people", () => {
  expect(edited([...withSecond("[chen@example.com]")]).analytics.groups.map(({ people }) => people)).toEqual([
    ["ada.okafor", "ben"],
    ["chen@example.com"],
  ]);
  expect(edited([]).analytics.groups[0]?.people).toBeUndefined();
});

it("refuses a person in two groups, however the name is written", () => {
  expect(faultsOf([...withSecond("[Ada.Okafor]")])).toEqual([
    '98:16 analytics.groups[1].people[0]: expected each person in one group only, but image-analysts has ada.okafor already, but got "Ada.Okafor" (text). Remove one of the two, or give one group the rights of both.',
  ]);
});

it("refuses two people whose profiles would be called the same", () => {
  expect(faultsOf([...withSecond("[ada+okafor]")])).toEqual([
    '98:16 analytics.groups[1].people[0]: expected a name whose profile in Studio is not called as that of ada.okafor, ada-okafor, but got "ada+okafor" (text). Have one of the two user names changed in the directory.',
  ]);
});

it.each(["-ada", "ada okafor", "ada,okafor"])("takes %s for no user name", (name) => {
  expect(faultsOf([...withSecond(`["${name}"]`)])).toEqual([
    `98:16 analytics.groups[1].people[0]: expected a user name: a letter or digit, then letters, digits or _ + = . @ -, at most 63, but got "${name}" (text). See docs/settings.md.`,
  ]);
});
