import type { Refusal } from "./feature-record";
import { bytesText, numberText } from "./format";
import { removalText, wayIn } from "./gallery-view";
import { html } from "./html";
import { layout, pager } from "./layout";
import type { DatedObject } from "./processed-image";

/** A refused image, and when S3 removes it. */
export interface RefusedImage {
  readonly refusal: Refusal;
  readonly day: string;
  readonly dated: DatedObject;
}

/** A hundred refused images with their reasons. */
export function quarantineView(images: readonly RefusedImage[], page: number, pages: number, total: number): string {
  const rows = images.map(
    ({ refusal, day, dated }) => html`<tr>
<th scope="row"><a download href="/quarantine/${day}/${refusal.imageId}/original">${refusal.name}</a></th>
<td><code>${refusal.reason}</code></td><td>${refusal.message}</td><td>${wayIn(refusal.source)}</td>
<td class="number">${refusal.sizeBytes !== undefined && bytesText(refusal.sizeBytes)}</td><td>${removalText(dated)}</td></tr>`,
  );
  const content = html`<p>${numberText(total)} refused, newest first. The files are as hostile as they came: they are only offered for download.</p>
${pager("above", "/quarantine", page, pages)}
<table class="list"><thead><tr><th scope="col">file</th><th scope="col">reason</th><th scope="col">what was expected, what came</th><th scope="col">way in</th><th scope="col" class="number">size</th><th scope="col">kept</th></tr></thead>
<tbody>${rows}</tbody></table>
${pager("below", "/quarantine", page, pages)}`;
  return layout("Quarantine", "quarantine", content);
}
