import { type ClientOptions, githubClient } from "../../../gitops/github/client";
import { orMissing } from "../../../gitops/github/github-error";
import { localGithub } from "../../support/github/github";

const github = localGithub();
afterEach(() => {
  github.heal();
  github.calls.length = 0;
});

/** A client that notes its waits, in seconds, and does not spend them. */
function client(options: ClientOptions = {}) {
  const waits: number[] = [];
  /** When they would have ended, in seconds since 1970. */
  const ends: number[] = [];
  const told: string[] = [];
  const made = githubClient(github.context(), {
    wait: async (milliseconds) => {
      waits.push(milliseconds / 1000);
      ends.push((Date.now() + milliseconds) / 1000);
    },
    onWait: (message) => told.push(message),
    ...options,
  });
  return { ...made, waits, ends, told };
}

const home = /^GET \/repos\/image-platform\/darkroom$/;

it.each([500, 502, 503])("tries again what GitHub itself got wrong: %i", async (status) => {
  github.fail(home, { status, body: { message: "Server Error" } }, 2);
  const { rest, at, waits, told } = client();
  expect((await rest.repos.get(at)).data.id).toBe(456789);
  expect(waits).toEqual([1, 4]);
  expect(told).toEqual([
    `GitHub answered ${status}: trying GET /repos/image-platform/darkroom again in 1 s`,
    `GitHub answered ${status}: trying GET /repos/image-platform/darkroom again in 4 s`,
  ]);
});

it("gives up after four tries", async () => {
  github.fail(home, { status: 502, body: "<html>Bad Gateway</html>" });
  const { rest, at, waits } = client();
  await expect(rest.repos.get(at)).rejects.toThrow(
    "GitHub answered 502 at GET /repos/image-platform/darkroom in each of 4 tries. Run the command again later.",
  );
  expect(waits).toEqual([1, 4, 9]);
});

it.each([
  ["says Retry-After", { status: 429, headers: { "retry-after": "7" } }, 7],
  ["says Retry-After with 403", { status: 403, headers: { "retry-after": "30" } }, 30],
  ["names no time", { status: 429 }, 60],
  ["speaks of a secondary limit", { status: 403, body: { message: "You have exceeded a secondary rate limit." } }, 60],
])("waits as long as GitHub wants where it %s", async (_, answer, seconds) => {
  github.fail(home, { body: { message: "slow down" }, ...answer }, 1);
  const { rest, at, waits } = client();
  await rest.repos.get(at);
  expect(waits).toEqual([seconds]);
});

const spent = (inSeconds: number) => ({
  status: 403,
  headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + inSeconds) },
  body: { message: "API rate limit exceeded" },
});

it("waits for the limit of an hour to be lifted when that is soon, and tells when it is not", async () => {
  const soon = spent(60);
  github.fail(home, soon, 1);
  const { rest, at, waits, ends } = client();
  await rest.repos.get(at);
  expect(ends[0]).toBeGreaterThanOrEqual(Number(soon.headers["x-ratelimit-reset"]));
  expect(waits[0]).toBeLessThanOrEqual(62);
  github.fail(home, spent(3000), 1);
  await expect(rest.repos.get(at)).rejects.toThrow(
    /^GitHub limits this token at GET \/repos\/image-platform\/darkroom \(403\) until about \d\d:\d\d UTC, \d+ s from now\. Run the command again then\.$/,
  );
});

it.each([
  [
    401,
    { body: { message: "Bad credentials" } },
    "GitHub refuses the token at GET /repos/image-platform/darkroom (401): it is wrong or has expired. Put a valid one into GITHUB_TOKEN.",
  ],
  [
    403,
    {
      headers: { "x-accepted-github-permissions": "administration=read" },
      body: { message: "Resource not accessible by integration" },
    },
    "GitHub does not let this token do GET /repos/image-platform/darkroom (403). It needs the permission administration=read. GitHub says: Resource not accessible by integration",
  ],
  [
    404,
    { body: { message: "Not Found" } },
    "GitHub knows nothing at GET /repos/image-platform/darkroom (404), or does not show it to this token. Check the repository's name and what the token may read. GitHub says: Not Found",
  ],
  [
    422,
    {
      body: {
        message: "Validation Failed",
        errors: [{ resource: "Label", code: "invalid", field: "color" }, "Too long"],
      },
    },
    "GitHub does not take what GET /repos/image-platform/darkroom sent (422). GitHub says: Validation Failed; Label color invalid; Too long",
  ],
])("tells at once what %i is about, without another try", async (status, answer, message) => {
  github.fail(home, { status, ...answer });
  const { rest, at, waits } = client();
  await expect(rest.repos.get(at)).rejects.toMatchObject({ name: "GithubError", status, message });
  expect(waits).toEqual([]);
});

it("never shows the token", async () => {
  github.fail(home, { status: 422, body: { message: "no" } });
  const { rest, at } = client();
  const error: unknown = await rest.repos.get(at).catch((thrown: unknown) => thrown);
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("token-of-a-test");
});

it("tells that GitHub can't be reached", async () => {
  const told: string[] = [];
  const options = { wait: async () => {}, onWait: (message: string) => told.push(message) };
  const { rest, at } = githubClient(github.context({ apiUrl: "http://127.0.0.1:9" }), options);
  await expect(rest.repos.get(at)).rejects.toThrow(/^GitHub can't be reached at http:\/\/127\.0\.0\.1:9: .+\.$/);
  expect(told[0]).toBe("GitHub can't be reached: trying GET /repos/image-platform/darkroom again in 1 s");
});

it("takes a missing thing for missing, and no other fault", async () => {
  const { rest, at } = client();
  expect(await orMissing(rest.repos.getEnvironment({ ...at, environment_name: "prod" }))).toBeUndefined();
  github.fail(/environments/, { status: 403, body: { message: "no" } });
  await expect(orMissing(rest.repos.getEnvironment({ ...at, environment_name: "prod" }))).rejects.toThrow(/403/);
});

it("reads all pages of a list", async () => {
  github.repository.labels = Array.from({ length: 250 }, (_, n) => ({
    name: `l${n}`,
    color: "000000",
    description: null,
  }));
  const { rest, paginate, at } = client();
  expect(await paginate(rest.issues.listLabelsForRepo, { ...at, per_page: 100 })).toHaveLength(250);
});

describe("what GitHub made although it answered 502", () => {
  const lost = { status: 502, body: {} };
  const { repository } = github;

  it("is a comment, an issue or a deployment that is not made a second time", async () => {
    const { rest, at, waits } = client();
    const comment = { ...at, issue_number: 7, body: "Planned." };
    github.loseAnswer(/^POST .*\/issues\/7\/comments$/, lost);
    expect((await rest.issues.createComment(comment)).data.id).toBe(repository.comments[0]?.id);
    github.loseAnswer(/^POST .*\/issues$/, lost);
    const issue = await rest.issues.create({ ...at, title: "Drift", body: "prod-data" });
    github.loseAnswer(/^POST .*\/deployments$/, lost);
    const deployment = { ...at, ref: "a".repeat(40), environment: "prod", task: "darkroom:apply", description: "#7" };
    const { data } = await rest.repos.createDeployment(deployment);
    const { comments, issues, deployments } = repository;
    expect([comments.length, issues.length, deployments.length]).toEqual([1, 1, 1]);
    expect([issue.data.number, data]).toEqual([issues[0]?.number, expect.objectContaining({ id: deployments[0]?.id })]);
    expect(waits).toEqual([1, 1, 1]);
  });

  it("is told from an older one of the same words, from other words, and from what was not made", async () => {
    const { rest, at } = client();
    const comment = { ...at, issue_number: 8, body: "Planned." };
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const user = { login: "github-actions[bot]", type: "Bot" };
    repository.comments.push({ id: 1, issue: 8, body: "Planned.", user, created_at: hourAgo });
    repository.comments.push({ id: 2, issue: 8, body: "Applied.", user, created_at: new Date().toISOString() });
    github.fail(/^POST .*\/issues\/8\/comments$/, lost, 1);
    const { data } = await rest.issues.createComment(comment);
    expect(repository.comments.filter(({ issue }) => issue === 8).map(({ id }) => id)).toEqual([1, 2, data.id]);
  });
});
