import { featureCell } from "./feature-cell";
import { bytesText, numberText, utcText } from "./format";
import { type Html, html } from "./html";
import { layout, pager } from "./layout";
import { pictureBlock } from "./picture-block";
import { type DatedObject, imagePath, type ProcessedImage } from "./processed-image";

/** Renditions in formats that browsers show, by the end of their key. */
const formatOfKey = (key: string): string => {
  const extension = key.slice(key.lastIndexOf(".") + 1);
  return extension === "jpg" ? "jpeg" : extension;
};

/** `until 2026-03-02 00:00 UTC`; for an object that is gone, that it is. */
export const removalText = (dated: DatedObject | undefined): string => {
  if (dated === undefined) return "already removed";
  return dated.removed === undefined ? "kept" : `until ${utcText(dated.removed)}`;
};

/** How the image came. */
export const wayIn = (source: string): string =>
  source === "stream" ? "streamed" : source === "upload" ? "uploaded" : source;

/** A hundred pictures, each before and after. */
export function galleryView(images: readonly ProcessedImage[], page: number, pages: number, total: number): string {
  const content = html`<p>${numberText(total)} processed, newest first. How long each is kept is what the deployed lifecycle rules say: so many days of age, rounded up to the next midnight UTC.</p>
${pager("above", "/images", page, pages)}
<ul class="gallery">${images.map(card)}</ul>
${pager("below", "/images", page, pages)}`;
  return layout("Pictures before and after", "images", content);
}

function card(image: ProcessedImage): Html {
  const { record, objects } = image;
  const path = imagePath(image.address);
  const after = record.outputs.find(({ name }) => name === "thumbnail") ?? record.outputs.at(-1);
  const processed = after && objects.get(after.key);
  const { width, height, capturedAt } = record.features;
  const size = typeof width === "number" && typeof height === "number" && `${width} × ${height}`;
  const taken = typeof capturedAt === "string" && `taken ${capturedAt.replace("T", " ")}`;
  const facts = [wayIn(record.source), formatOf(record), size, taken].filter(Boolean).join(", ");
  return html`<li class="card"><h2><a href="${path}">${lastPart(record.name)}</a></h2>
<div class="pair">
<figure>${original(image)}<figcaption>before, ${bytesText(record.original.sizeBytes)}</figcaption></figure>
${after && html`<figure>${pictureBlock(`${path}/outputs/${after.name}`, formatOfKey(after.key), `${record.name}, processed`)}<figcaption>after, ${sizeOf(processed)}</figcaption></figure>`}
</div>
<p class="quiet">${facts}</p>
<dl class="quiet"><div><dt>original</dt> <dd>${removalText(objects.get(record.original.key))}</dd></div>
${after && html`<div><dt>processed</dt> <dd>${removalText(processed)}</dd></div>`}</dl></li>`;
}

/** The name of an upload is its whole key; cards show the end of it. */
const lastPart = (name: string): string => name.split("/").findLast((part) => part !== "") ?? name;

const original = ({ address, record }: ProcessedImage): Html =>
  pictureBlock(`${imagePath(address)}/original`, formatOf(record), `${record.name}, as it was sent`);

/** The format the engineers' code found. */
export const formatOf = ({ features }: ProcessedImage["record"]): string | undefined =>
  typeof features.format === "string" ? features.format : undefined;

/** One picture: every rendition, features, and when each object goes. */
export function imageView(image: ProcessedImage): string {
  const { record, objects } = image;
  const path = imagePath(image.address);
  const figures = record.outputs.map(
    ({ name, key }) =>
      html`<figure>${pictureBlock(`${path}/outputs/${name}`, formatOfKey(key), `${record.name}, rendition ${name}`)}<figcaption>${name}, ${sizeOf(objects.get(key))}, ${removalText(objects.get(key))}</figcaption></figure>`,
  );
  const content = html`<div class="large">
<figure>${original(image)}<figcaption>as it was sent, ${bytesText(record.original.sizeBytes)}, ${removalText(objects.get(record.original.key))}</figcaption></figure>
${figures}</div>
<h2>Features</h2>
<table><tbody>${Object.entries(record.features).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${featureCell(value)}</td></tr>`)}</tbody></table>
<h2>Record</h2>
<table><tbody>
<tr><th scope="row">image</th><td>${record.imageId}</td></tr>
<tr><th scope="row">way in</th><td>${wayIn(record.source)}</td></tr>
<tr><th scope="row">received</th><td>${record.receivedAt}</td></tr>
<tr><th scope="row">processed</th><td>${record.processedAt}</td></tr>
<tr><th scope="row">feature record</th><td>${removalText(objects.get(`features/dt=${image.address.day}/${image.address.file}.json`))}</td></tr>
</tbody></table>`;
  return layout(record.name, "images", content);
}

const sizeOf = (dated: DatedObject | undefined): string =>
  dated === undefined ? "gone" : bytesText(dated.object.sizeBytes);
