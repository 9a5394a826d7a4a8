import { benchPending } from "../../bench/pending";

it("each pending key is listed and given to the function once, over several pages", async () => {
  const said: string[] = [];
  const result = await benchPending(3010, (message) => said.push(message));
  expect(result).toMatchObject({ keys: 3010, dispatched: 3010, calls: 151 });
  expect(result.megabytes).toHaveLength(10);
  expect(said).toHaveLength(10);
});
