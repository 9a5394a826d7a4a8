const { default: Sequencer } = require("@jest/test-sequencer");

/** End-to-end tests, the longest first. */
const longest = [
  "start",
  "environments",
  "reviewed-is-applied",
  "racing",
  "promotion",
  "killed",
  "failing",
  "kept-plans",
  "chaos",
  "corpora",
  "squash-and-rebase",
];

/** The end-to-end tests mostly wait; started first, they wait beside all others and not after them. */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const slow = ({ path }) => /[\\/]e2e[\\/]/.test(path);
    const rank = ({ path }) => {
      const place = longest.findIndex((name) => path.endsWith(`${name}.test.ts`));
      return place < 0 ? longest.length : place;
    };
    const first = tests.filter(slow).sort((one, other) => rank(one) - rank(other));
    return [...first, ...super.sort(tests.filter((test) => !slow(test)))];
  }
};
