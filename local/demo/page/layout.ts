import { type Html, html } from "./html";
import { wholePage } from "./whole-page";

export type Section = "run" | "images" | "quarantine";

const sections: readonly (readonly [Section, string, string])[] = [
  ["run", "/", "Run"],
  ["images", "/images", "Pictures"],
  ["quarantine", "/quarantine", "Quarantine"],
];

/** A page of the local account, with the way to the others. */
export function layout(title: string, section: Section, content: Html): string {
  const links = sections.map(
    ([name, href, text]) =>
      html`<li><a href="${href}"${name === section ? html` aria-current="page"` : ""}>${text}</a></li>`,
  );
  const navigation = html`<nav aria-label="Sections"><ul>${links}</ul></nav>`;
  return wholePage({ title, about: "local account", navigation, script: "/page.js", content });
}

/** Links to the other parts of a long list, above and below it; nothing when it has one part only. */
export function pager(where: "above" | "below", path: string, page: number, pages: number): Html {
  if (pages <= 1) return html``;
  const link = (to: number, text: string, rel: string) =>
    to >= 1 && to <= pages && html`<li><a rel="${rel}" href="${path}?page=${to}">${text}</a></li>`;
  return html`<nav class="pager" aria-label="Pages, ${where} the list"><ul>${link(page - 1, "← Newer", "prev")}
<li>Page ${page} of ${pages}</li>
${link(page + 1, "Older →", "next")}</ul></nav>`;
}
