import { edited, faultsOf } from "../edited";

const repository = (name: string) => faultsOf([["image-platform/darkroom", JSON.stringify(name)]]);

it.each(["a/b", "Octo-Cat/Dark.Room_2", `${"a".repeat(39)}/${"b".repeat(100)}`])("takes the repository %s", (name) => {
  expect(repository(name)).toEqual([]);
});

it.each(["darkroom", "a/b/c", "-a/b", "a--b/c", "*/darkroom", "image-platform/*", "image-platform/dark?oom", "a/b:c"])(
  "refuses the repository %s, by which others might get in",
  (name) => {
    expect(repository(name)).toEqual([
      expect.stringMatching(
        /^\d+:15 github\.repository: expected a repository as owner\/name, for example image-platform\/darkroom, but got /,
      ),
    ]);
  },
);

it("takes GitHub's two numbers together or not at all", () => {
  const both = "repository: image-platform/darkroom\n  ownerId: 123456\n  repositoryId: 456789";
  const text = "repository: image-platform/darkroom";
  expect(edited([[text, both]]).github).toMatchObject({ ownerId: 123456, repositoryId: 456789 });
  expect(faultsOf([[text, both.replace("\n  repositoryId: 456789", "")]])).toEqual([
    "92:1 github.repositoryId: expected GitHub's number beside ownerId, but it is missing. Write repositoryId too, or leave ownerId out; npm run repository -- --dry-run shows both.",
  ]);
  expect(faultsOf([[text, both.replace("\n  ownerId: 123456", "")]])).toEqual([
    "92:1 github.ownerId: expected GitHub's number beside repositoryId, but it is missing. Write ownerId too, or leave repositoryId out; npm run repository -- --dry-run shows both.",
  ]);
});

it("wants somebody who lets an apply of prod go on", () => {
  const nobody = [["approvers: [octocat]", "approvers: []"]] as const;
  expect(faultsOf(nobody, "prod")).toEqual([
    "95:14 github.approvers: expected a user or a team at least, who lets an apply of prod go on, but got an empty list. Write one, for example [image-platform/on-call].",
  ]);
  expect(faultsOf(nobody, "staging")).toEqual([]);
});

it("takes users and teams as approvers, six at most, each once", () => {
  const approvers = (list: string) => faultsOf([["approvers: [octocat]", `approvers: [${list}]`]]);
  expect(approvers("octocat, image-platform/on-call")).toEqual([]);
  expect(approvers("a/b/c")).toEqual([
    '95:15 github.approvers[0]: expected a GitHub user, or a team as organisation/team, but got "a/b/c" (text). See docs/settings.md.',
  ]);
  expect(approvers("a, b, c, d, e, f, g")).toEqual([
    expect.stringMatching(/^95:14 github\.approvers: expected at most 6 users and teams, but got /),
  ]);
});
