const { default: Sequencer } = require("@jest/test-sequencer");

/** The end-to-end tests mostly wait; started first, they wait beside all others and not after them. */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const slow = ({ path }) => /[\\/]e2e[\\/]/.test(path);
    return [...tests.filter(slow), ...super.sort(tests.filter((test) => !slow(test)))];
  }
};
