import { type Html, html } from "./html";

/** What the local pages differ in. */
export interface WholePage {
  readonly title: string;
  /** What of Darkroom this is, beside its name. */
  readonly about: string;
  readonly navigation?: Html;
  /** Style sheets beside those that all local pages have. */
  readonly styles?: readonly string[];
  readonly script: string;
  readonly content: Html;
}

/** A whole page: header with navigation, main content. Its files: page-files.ts. */
export function wholePage({ title, about, navigation = html``, styles = [], script, content }: WholePage): string {
  const sheets = ["/base.css", "/style.css", "/pictures.css", ...styles];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Darkroom</title>
<link rel="icon" type="image/svg+xml" href="/icon.svg">
${sheets.map((sheet) => html`<link rel="stylesheet" href="${sheet}">\n`)}<script src="${script}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<p class="brand">Darkroom <span>${about}</span></p>
${navigation}
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.text;
}
