/** The state of the repository that the local GitHub holds. Tests may read and change it; who adds endpoints adds fields. */
export interface Repository {
  readonly owner: { login: string; id: number };
  id: number;
  settings: Record<string, unknown>;
  actions: {
    permissions: Record<string, unknown>;
    selection: Record<string, unknown>;
    workflow: Record<string, unknown>;
  };
  rulesets: { id: number; name: string; [key: string]: unknown }[];
  environments: Map<string, Environment>;
  labels: { name: string; color: string; description: string | null }[];
  users: Map<string, number>;
  /** By `organisation/slug`. */
  teams: Map<string, number>;
  pulls: Pull[];
  issues: Issue[];
  comments: Comment[];
  runs: Run[];
  /** Those that GitHub knows, with whether it runs them. */
  workflows: { name: string; path: string; state: string }[];
  checks: CheckRun[];
  events: IssueEvent[];
  /** Files of the base branch, by path. */
  files: Map<string, string>;
  /** Roles of people in the repository. */
  roles: Map<string, string>;
  deployments: Deployment[];
  git: GitDatabase;
  /** For ids that are never given twice. */
  nextId: () => number;
}

export interface Environment {
  reviewers: { type: "User" | "Team"; name: string; id: number }[];
  preventSelfReview: boolean;
  branches: { id: number; name: string }[];
}

export interface Pull {
  number: number;
  state: "open" | "closed";
  head: { sha: string; ref: string; repo: { full_name: string } | null };
  base: { sha: string; ref: string };
  user: { login: string; type?: string };
  node_id?: string;
  auto_merge?: object | null;
  title?: string;
  body?: string | null;
  /** Of a merged one; after a rebase the last of its commits on the base. */
  merged_at?: string | null;
  merge_commit_sha?: string | null;
  merged_by?: { login: string } | null;
  /** Commits on the base that it brought: one after a merge or a squash. */
  brought?: string[];
  /** Of its own. @default as many as it brought */
  commits?: number;
  assignees?: string[];
  labels?: string[];
}

/** A deployment with its statuses, the oldest first. */
export interface Deployment {
  readonly created_at?: string;
  id: number;
  sha: string;
  environment: string;
  task: string;
  description: string;
  payload: unknown;
  statuses: { state: string; description: string; log_url: string }[];
}

/** Commits, trees and branches as the git database's endpoints see them. */
export interface GitDatabase {
  /** By branch. */
  branches: Map<string, string>;
  commits: Map<string, { tree: string; parents: string[]; message: string }>;
  /** Files by path. */
  trees: Map<string, Map<string, string>>;
}

export interface CheckRun {
  id: number;
  name: string;
  head_sha: string;
  conclusion: string | null;
  external_id: string;
  output: { title: string | null; summary: string | null };
  app: { slug: string };
}

/** Something that happened to an issue or a pull request. */
export interface IssueEvent {
  issue: number;
  event: string;
  actor: { login: string };
  label?: { name: string };
  created_at?: string;
}

export interface Issue {
  readonly created_at?: string;
  number: number;
  state: "open" | "closed";
  title: string;
  body: string;
  labels: string[];
  user: { login: string; type: string };
}

/** A comment of an issue or a pull request. */
export interface Comment {
  readonly created_at?: string;
  id: number;
  issue: number;
  body: string;
  user: { login: string; type: string };
}

/** A run of a workflow, with the artifacts it left: zip files by name. */
export interface Run {
  id: number;
  path: string;
  event: string;
  status: string;
  conclusion: string | null;
  head_sha: string;
  created_at: string;
  head_repository: { full_name: string } | null;
  run_attempt?: number;
  /** Of its last attempt. */
  jobs?: { name: string; status: string; conclusion: string | null }[];
  /** Who let its deployments go on. */
  approvals?: { state: string; user: { login: string }; environments: { name: string }[] }[];
  artifacts: { id: number; name: string; zip: Buffer; expired?: boolean }[];
}

/** A repository as GitHub makes it. */
export function emptyRepository(): Repository {
  let last = 1000;
  return {
    owner: { login: "image-platform", id: 123456 },
    id: 456789,
    settings: {
      allow_merge_commit: true,
      allow_squash_merge: true,
      allow_rebase_merge: true,
      delete_branch_on_merge: false,
    },
    actions: {
      permissions: { enabled: true, allowed_actions: "all", sha_pinning_required: false },
      selection: {},
      workflow: { default_workflow_permissions: "write", can_approve_pull_request_reviews: false },
    },
    rulesets: [],
    environments: new Map(),
    labels: [],
    users: new Map([["octocat", 1]]),
    teams: new Map([["image-platform/on-call", 7]]),
    pulls: [],
    issues: [],
    comments: [],
    runs: [],
    workflows: [],
    checks: [],
    events: [],
    files: new Map(),
    roles: new Map(),
    deployments: [],
    git: { branches: new Map(), commits: new Map(), trees: new Map() },
    nextId: () => {
      last += 1;
      return last;
    },
  };
}
