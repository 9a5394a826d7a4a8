import type { Repository } from "./repository";

/** A call as it came in. */
export interface Call {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: each resource knows the shape of what it is sent
  readonly body: any;
}

/** What is answered; 200 when only a body is given. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes. */
  readonly body?: unknown;
}

/**
 * One endpoint: a method and a path below `/repos/{owner}/{repo}` (or from the root when it begins with `//`) with `:parameters`.
 * Anything thrown as an {@link Answer} is answered.
 */
export type Resource = Readonly<
  Record<string, (call: Call, parameters: Readonly<Record<string, string>>, repository: Repository) => Answer>
>;

export const notFound: Answer = { status: 404, body: { message: "Not Found" } };
export const invalid = (...errors: unknown[]): Answer => ({
  status: 422,
  body: { message: "Validation Failed", errors },
});

/** A page of a list, as `per_page` and `page` ask, with the link to the next one. */
export function paged(
  call: Call,
  items: readonly unknown[],
  wrap: (page: unknown[]) => unknown = (page) => page,
): Answer {
  const size = Number(call.query.get("per_page") ?? "30");
  const page = Number(call.query.get("page") ?? "1");
  const more = page * size < items.length;
  const next = new URLSearchParams(call.query);
  next.set("page", String(page + 1));
  return {
    body: wrap(items.slice((page - 1) * size, page * size)),
    ...(more && { headers: { link: `<http://{host}${call.path}?${next}>; rel="next"` } }),
  };
}
