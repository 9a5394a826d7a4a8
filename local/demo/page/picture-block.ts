import { type Html, html } from "./html";

/** Originals that browsers show; others are offered as a file. */
const browserFormats: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
};

/** Media type of an original that browsers show, by the format the engineers' code found; else undefined. */
export const browserType = (format: unknown): string | undefined =>
  typeof format === "string" && Object.hasOwn(browserFormats, format) ? browserFormats[format] : undefined;

/** The picture, or a message in its place when browsers cannot show its format. */
export function pictureBlock(href: string, format: unknown, alt: string): Html {
  if (browserType(format) !== undefined) {
    return html`<a class="shown" href="${href}"><img src="${href}" alt="${alt}" loading="lazy" decoding="async"></a>`;
  }
  const name = typeof format === "string" ? format.toUpperCase() : "this format";
  return html`<div class="shown"><p>Browsers do not show ${name}. <a href="${href}" download aria-label="Download: ${alt}">Download</a></p></div>`;
}
