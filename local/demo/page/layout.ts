import { type Html, html } from "./html";

export type Section = "run" | "images" | "quarantine";

const sections: readonly (readonly [Section, string, string])[] = [
  ["run", "/", "Run"],
  ["images", "/images", "Pictures"],
  ["quarantine", "/quarantine", "Quarantine"],
];

/** A whole page: header with navigation, main content. */
export function layout(title: string, section: Section, content: Html): string {
  const links = sections.map(
    ([name, href, text]) =>
      html`<li><a href="${href}"${name === section ? html` aria-current="page"` : ""}>${text}</a></li>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Darkroom</title>
<link rel="icon" type="image/svg+xml" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
<script src="/page.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<p class="brand">Darkroom <span>local account</span></p>
<nav aria-label="Sections"><ul>${links}</ul></nav>
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.text;
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
