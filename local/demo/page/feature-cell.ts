import { type Html, html } from "./html";

const isColour = (value: unknown): value is string => typeof value === "string" && /^#[0-9a-f]{6}$/.test(value);

/** A value of the engineers' features as a cell of a table: colours are shown beside their names, lists without brackets. */
export function featureCell(value: unknown): Html {
  if (value === null || value === undefined) return html`<span class="quiet">unknown</span>`;
  if (Array.isArray(value)) return html`${value.map((item) => html`<span class="item">${single(item)}</span> `)}`;
  return single(value);
}

function single(value: unknown): Html {
  // The page's policy allows no styles within, but attributes of SVG are none.
  if (isColour(value))
    return html`<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="${value}"/></svg>${value}`;
  return html`${typeof value === "string" ? value : JSON.stringify(value)}`;
}
