const { default: Sequencer } = require("@jest/test-sequencer");

/** The files that take half a minute and more, the longest first; most of that they wait. */
const longest = [
  "e2e/start",
  "e2e/environments",
  "e2e/pull-request/racing",
  "e2e/pull-request/reviewed-is-applied",
  "e2e/chaos",
  "e2e/web-app",
  "e2e/pull-request/killed",
  "e2e/pull-request/promotion",
  "e2e/pull-request/failing",
  "local/event-source/event-source",
  "gitops/reviewed/apply-reviewed",
  "e2e/pull-request/kept-plans",
  "e2e/pull-request/squash-and-rebase",
  "workflows/act/act",
  "gitops/environment",
  "local/gateway/identity-center",
  "local/gateway/terraform",
  "gitops/planted-secrets",
  "gitops/bootstrap",
  "gitops/cli",
  "gitops/policy/policy",
  "notebooks/notebooks",
  "e2e/corpora",
];

/** Started first, they wait beside all others and not after them; those that were forgotten here come with the end-to-end tests. */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const file = path.replaceAll("\\", "/");
      const place = longest.findIndex((name) => file.endsWith(`/__tests__/${name}.test.ts`));
      if (place >= 0) return place;
      return file.includes("/e2e/") ? longest.indexOf("e2e/pull-request/squash-and-rebase") : longest.length;
    };
    const slow = tests.filter((test) => rank(test) < longest.length).sort((one, other) => rank(one) - rank(other));
    return [...slow, ...super.sort(tests.filter((test) => !slow.includes(test)))];
  }
};
