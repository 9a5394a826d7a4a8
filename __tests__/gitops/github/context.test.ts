import { join } from "node:path";
import { githubContext, githubEvent } from "../../../gitops/github/context";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();

it("reads what GitHub tells a job", () => {
  const env = {
    GITHUB_TOKEN: "t",
    GITHUB_REPOSITORY: "image-platform/darkroom",
    GITHUB_API_URL: "https://github.example.com/api/v3/",
    GITHUB_SERVER_URL: "https://github.example.com",
    GITHUB_RUN_ID: "4711",
    GITHUB_RUN_ATTEMPT: "2",
    GITHUB_ACTOR: "octocat",
    GITHUB_STEP_SUMMARY: "/summary",
    GITHUB_EVENT_PATH: "/event",
  };
  expect(githubContext(env)).toEqual({
    token: "t",
    owner: "image-platform",
    repo: "darkroom",
    apiUrl: "https://github.example.com/api/v3",
    serverUrl: "https://github.example.com",
    run: { id: 4711, attempt: 2 },
    actor: "octocat",
    stepSummary: "/summary",
    eventPath: "/event",
  });
});

it("does with a token on a laptop, where the settings name the repository", () => {
  expect(githubContext({ GITHUB_TOKEN: "t" }, { repository: "a/b" })).toEqual({
    token: "t",
    owner: "a",
    repo: "b",
    apiUrl: "https://api.github.com",
    serverUrl: "https://github.com",
  });
});

it("says everything that is missing or of another form at once", () => {
  expect(() => githubContext({ GITHUB_REPOSITORY: "darkroom", GITHUB_API_URL: "github" })).toThrow(
    [
      "GITHUB_TOKEN: expected a token for the GitHub API, but there is none. For example: export GITHUB_TOKEN=$(gh auth token)",
      'GITHUB_REPOSITORY: expected owner/name, but got "darkroom".',
      'GITHUB_API_URL: expected a URL, but got "github".',
    ].join("\n"),
  );
});

it("reads the event that started the run", () => {
  expect(githubEvent({ eventPath: write(join(folder, "event.json"), '{"number":7}') })).toEqual({ number: 7 });
  const broken = write(join(folder, "broken.json"), "{");
  expect(() => githubEvent({ eventPath: broken })).toThrow(
    `GITHUB_EVENT_PATH: expected a file of JSON, but ${broken} is none.`,
  );
  expect(() => githubEvent({})).toThrow("GITHUB_EVENT_PATH: expected the file of an event, but there is none.");
});
