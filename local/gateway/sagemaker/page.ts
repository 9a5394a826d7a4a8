import type { JsonCall } from "../operation-gap";

/** A page as SageMaker gives it: 10 items unless asked for more, and a token where there are others. */
export function page<Item>({ json }: JsonCall, items: readonly Item[]): { items: readonly Item[]; NextToken?: string } {
  const from = Number(json.NextToken ?? 0);
  const to = from + Number(json.MaxResults ?? 10);
  return { items: items.slice(from, to), ...(to < items.length && { NextToken: String(to) }) };
}
