import { bytesText, numberText } from "../demo/page/format";
import { type Html, html } from "../demo/page/html";
import { pictureBlock } from "../demo/page/picture-block";
import { wholePage } from "../demo/page/whole-page";
import { MOST_IMAGES } from "./image-files";
import type { ImageResult, MadePicture, RunReport } from "./result";

/** The page: what the code makes of each image. `isFresh` tells whether the run has come to a file. */
export function watchView(report: RunReport, isFresh: (file: string) => boolean): string {
  const content = html`<p id="verdict" data-live class="state ${report.state}" role="status">${verdict(report)}</p>
<p id="about" data-live class="quiet">${about(report)}</p>
<div id="fault" data-live>${report.fault !== undefined && html`<pre class="fault">${report.fault}</pre>`}</div>
<ul id="images" data-live class="watched">${report.images.map((image, index) => card(image, index, isFresh(image.file)))}</ul>`;
  const [styles, script] = [["/watch-page.css"], "/watch-page.js"];
  return wholePage({ title: report.code, about: "image code, at each save", styles, script, content });
}

function verdict({ state, fault, counts }: RunReport): string {
  if (fault !== undefined) return "Nothing ran. Mend the code and save it.";
  const { processed, refused, failed } = counts;
  const text = `${numberText(processed)} processed, ${numberText(refused)} refused, ${numberText(failed)} failed.`;
  return state === "running" ? `Running: ${text}` : text;
}

function about({ environment, meanMilliseconds, peakMegabytes, images }: RunReport): string {
  const settings = `Limits and renditions of ${environment}.`;
  const speed = meanMilliseconds === null ? "" : ` ${meanMilliseconds} ms an image, ${peakMegabytes} MB at most.`;
  const cut = images.length >= MOST_IMAGES ? ` The first ${MOST_IMAGES} images of the folder.` : "";
  return settings + speed + cut;
}

const formats: Readonly<Record<string, string>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  png: "png",
  webp: "webp",
  avif: "avif",
  gif: "gif",
};

/** What browsers call a file by the end of its name. */
export const formatOfName = (name: string): string | undefined =>
  formats[name.slice(name.lastIndexOf(".") + 1).toLowerCase()];

function card({ file, sizeBytes, milliseconds, outcome }: ImageResult, index: number, fresh: boolean): Html {
  const before = html`<figure>${pictureBlock(`/originals/${index}`, formatOfName(file), `${file}, before`)}<figcaption>before, ${bytesText(sizeBytes)}</figcaption></figure>`;
  const title = html`<h2>${file}</h2>
<p class="quiet"><span class="badge ${outcome.state}">${outcome.state}</span> ${milliseconds.toFixed(0)} ms</p>`;
  const shown = ((): Html => {
    if (outcome.state === "refused") {
      return html`${title}<div class="pictures">${before}</div><p><code>${outcome.reason}</code>: ${outcome.message}</p>`;
    }
    if (outcome.state === "failed") {
      const trace = [outcome.message, ...outcome.stack].join("\n");
      return html`${title}<div class="pictures">${before}</div><pre class="fault">${trace}</pre>`;
    }
    const features = Object.entries(outcome.features).map(([name, value]) => [name, textOf(value)] as const);
    return html`${title}<div class="pictures">${before}${outcome.outputs.map((output, number) => after(file, output, index, number))}</div>
<details id="features-${index}"><summary>Features</summary>
<table><tbody>${features.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></details>`;
  })();
  return html`<li id="image-${index}" class="watched-image${!fresh && " stale"}">${shown}</li>`;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The path has part of the run's folder in it, so that browsers load a new picture and keep an old one. */
function after(file: string, output: MadePicture, index: number, number: number): Html {
  const { name, extension, width, height, frames, sizeBytes, path } = output;
  const run = path.split("/").at(-2) ?? "";
  const size = `${width} × ${height}${frames > 1 ? ` × ${frames} frames` : ""}`;
  const href = `/outputs/${run}/${index}/${number}`;
  return html`<figure>${pictureBlock(href, formatOfName(`.${extension}`) ?? extension, `${file}, ${name}`)}<figcaption>${name}: ${size}, ${extension}, ${bytesText(sizeBytes)}</figcaption></figure>`;
}
