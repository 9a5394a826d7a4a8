import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { notebooksFolder, run } from "./studio";

const python = join(repositoryFolder(), ".cache/notebooks/bin/python");

/** What a job has to be called, or what Python says last. */
async function ownName(name: string): Promise<string | undefined> {
  const env = { PATH: process.env.PATH, PYTHONPATH: notebooksFolder, PYTHONDONTWRITEBYTECODE: "1" };
  const own = { DARKROOM_OWN_NAME: "prod-image-analysts" };
  const { out } = await run(python, ["-c", `import darkroom_jobs; print(darkroom_jobs.own_name("${name}"))`], {
    ...env,
    ...own,
  });
  return out.trim().split("\n").at(-1);
}

it("takes a name as long as SageMaker does, and says by how much a longer one has to be cut", async () => {
  const longest = "x".repeat(63 - "prod-image-analysts--".length);
  expect(await ownName(longest)).toBe(`prod-image-analysts--${longest}`);
  expect(await ownName(`${longest}yz`)).toBe(
    `ValueError: prod-image-analysts--${longest}yz has 65 characters, and SageMaker takes 63: ${longest}yz has to be shorter by 2.`,
  );
});
