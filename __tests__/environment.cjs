const { rmSync } = require("node:fs");
const { TestEnvironment } = require("jest-environment-node");

/** Node's, which at the end of a file removes the folders that its tests have named by `__tests__/fixtures/remove-at-end.ts`. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.removedAtEnd = [];
  }

  async teardown() {
    for (const folder of this.global.removedAtEnd) {
      try {
        rmSync(folder, { recursive: true, force: true });
      } catch {
        // A process that a failed test has left still writes there. The end of the run removes it.
      }
    }
    await super.teardown();
  }
};
