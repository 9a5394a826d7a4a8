import type { Github } from "../../github/client";
import { differences, type Facts, type PartChanges } from "../facts";
import { actionsAppId, mainBranch, requiredChecks, type Wanted } from "../wanted";

/** By this name the rule is found again. */
const ruleName = `darkroom: ${mainBranch}`;

interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/**
 * The rule of the main branch. History need not be linear, and a pull request need not be up to date: an apply compares what was
 * planned with what was merged, whichever way it was merged.
 */
const rulesOf = (checks: readonly string[]): Rule[] => [
  { type: "deletion" },
  { type: "non_fast_forward" },
  {
    type: "pull_request",
    parameters: {
      required_approving_review_count: 1,
      dismiss_stale_reviews_on_push: true,
      require_code_owner_review: true,
      require_last_push_approval: true,
      required_review_thread_resolution: false,
      allowed_merge_methods: ["merge", "squash", "rebase"],
    },
  },
  {
    type: "required_status_checks",
    parameters: {
      strict_required_status_checks_policy: false,
      required_status_checks: checks.map((context) => ({ context, integration_id: actionsAppId })),
    },
  },
];

function factsOf({
  rules,
  enforcement,
  bypass,
}: {
  rules: readonly Rule[];
  enforcement: string;
  bypass: number;
}): Facts {
  const of = (type: string) => rules.find((rule) => rule.type === type);
  const reviews = of("pull_request")?.parameters ?? {};
  const status = of("required_status_checks")?.parameters ?? {};
  const checks = (status.required_status_checks ?? []) as { context: string; integration_id?: number }[];
  return {
    "the rule is in force": enforcement === "active",
    "who may go around it": bypass,
    "it can be deleted": of("deletion") === undefined,
    "its history can be rewritten": of("non_fast_forward") === undefined,
    "changes come by pull request": of("pull_request") !== undefined,
    "approving reviews": Number(reviews.required_approving_review_count ?? 0),
    "a code owner has to approve": reviews.require_code_owner_review === true,
    "a push voids approvals": reviews.dismiss_stale_reviews_on_push === true,
    "the last push is approved by somebody else": reviews.require_last_push_approval === true,
    "ways to merge": (reviews.allowed_merge_methods ?? []) as string[],
    "required checks": checks.map(({ context }) => context),
    "checks are taken from GitHub Actions only": checks.every((check) => check.integration_id === actionsAppId),
    "a pull request has to be up to date": status.strict_required_status_checks_policy === true,
  };
}

/** The rule of the main branch, made or put right; other rules are left alone. */
export async function branchRule(
  { request, paginate, rest, at }: Github,
  { environments }: Wanted,
): Promise<PartChanges> {
  const rules = rulesOf(requiredChecks(environments.map(({ name }) => name)));
  const all = await paginate(rest.repos.getRepoRulesets, { ...at, includes_parents: false, per_page: 100 });
  const id = all.find(({ name }) => name === ruleName)?.id;
  const { data } = id === undefined ? { data: undefined } : await rest.repos.getRepoRuleset({ ...at, ruleset_id: id });
  const held =
    data &&
    factsOf({
      rules: (data.rules ?? []) as Rule[],
      enforcement: data.enforcement,
      bypass: data.bypass_actors?.length ?? 0,
    });
  const body = {
    ...at,
    name: ruleName,
    target: "branch",
    enforcement: "active",
    bypass_actors: [],
    conditions: { ref_name: { include: [`refs/heads/${mainBranch}`], exclude: [] } },
    rules,
  };
  return {
    changes: differences(`branch ${mainBranch}`, held, factsOf({ rules, enforcement: "active", bypass: 0 })),
    make: async () => {
      if (id === undefined) await request("POST /repos/{owner}/{repo}/rulesets", body as never);
      else await request("PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}", { ...body, ruleset_id: id } as never);
    },
  };
}
