import { mergeStatus } from "../../../gitops/after-merge/status-comment";

const status = (environment: string, lines: string[] = []) => ({ environment, words: "w", lines });

it("puts an environment's last word in place of the one before, and keeps the others", () => {
  const before = mergeStatus(mergeStatus("", status("dev", ["- a"])), status("prod", ["- b", "- c"]));
  expect(before).toBe("- **dev**: w\n  - a\n- **prod**: w\n  - b\n  - c");
  expect(mergeStatus(before, status("dev"))).toBe("- **dev**: w\n- **prod**: w\n  - b\n  - c");
});

it("leaves what nobody of us has written, and stays short enough for the review below it", () => {
  expect(mergeStatus("words of somebody\n- **dev**: w", status("prod"))).toBe("- **dev**: w\n- **prod**: w");
  const long = mergeStatus(
    "",
    status(
      "prod",
      Array.from({ length: 100 }, () => `- ${"x".repeat(200)}`),
    ),
  );
  expect(long.length).toBeLessThanOrEqual(5_000);
});
