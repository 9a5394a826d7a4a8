/** A refusal as callers read it: RFC 9457, "Problem Details for HTTP APIs". */
export interface ProblemBody {
  /** What kind of refusal it is, for programs: `/problems/<code>`. */
  readonly type: string;
  /** The same for people, equal for all refusals of the kind. */
  readonly title: string;
  readonly status: number;
  /** This refusal: what was expected, what came, what to do. */
  readonly detail: string;
  readonly [more: string]: unknown;
}

export interface ProblemProps {
  /** 400 to 599. */
  readonly status: number;
  /** Lower case with dashes: `too-large`. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** When to try again, in seconds; sent as `Retry-After` too. @default - trying again is of no use, or at once */
  readonly retryAfterSeconds?: number;
  /** Further members of the body. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The caller's request is refused. Thrown anywhere in a handler, it becomes the answer. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly props: ProblemProps,
    options?: ErrorOptions,
  ) {
    super(props.detail, options);
  }

  get body(): ProblemBody {
    const { status, code, title, detail, retryAfterSeconds, more } = this.props;
    return {
      type: `/problems/${code}`,
      title,
      status,
      detail,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...more,
    };
  }
}

/** JSON Schema of {@link ProblemBody}, for descriptions of responses. */
export const problemSchema = {
  $id: "Problem",
  type: "object",
  description: "Why a request was refused (RFC 9457).",
  required: ["type", "title", "status", "detail"],
  properties: {
    type: { type: "string", description: "Kind of refusal, for programs." },
    title: { type: "string", description: "Kind of refusal, for people." },
    status: { type: "integer" },
    detail: { type: "string", description: "What was expected, what came, what to do." },
    retryAfterSeconds: { type: "integer", description: "When to try again; also in Retry-After." },
  },
  additionalProperties: true,
} as const;
