import type { ProcessingBench } from "../result";

const rowHeight = 30;
const labelWidth = 270;
const barWidth = 380;
const width = labelWidth + barWidth + 90;
const top = 58;

interface Bar {
  readonly title: string;
  readonly imagesPerSecond: number | null;
  readonly kind: "ours" | "other";
}

/**
 * The speeds as bars: plain SVG that is readable on light and dark pages, to a screen reader by its title and
 * description, and without colours by its figures.
 */
export function plot({ contenders, stream, batch, images, computer }: ProcessingBench): string {
  const bars: readonly Bar[] = [
    ...contenders.map(({ name, title, imagesPerSecond }) => ({
      title,
      imagesPerSecond,
      kind: name === "darkroom" ? ("ours" as const) : ("other" as const),
    })),
    { title: "Darkroom: Kafka → function → S3", imagesPerSecond: stream.imagesPerSecond, kind: "ours" },
    { title: "Darkroom: S3 → function → S3", imagesPerSecond: batch.imagesPerSecond, kind: "ours" },
  ];
  const most = Math.max(...bars.map(({ imagesPerSecond }) => imagesPerSecond ?? 0));
  const height = top + bars.length * rowHeight + 16;
  const count = images.reduce((sum, one) => sum + one.images, 0);
  const described = bars.map(({ title, imagesPerSecond }) => `${title}: ${speed(imagesPerSecond)}`).join("; ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">Images a second on one core, more is better</title>
<desc id="description">${escaped(described)}.</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.head { font-size: 15px; font-weight: 600; }
.small { font-size: 12px; }
.ours { fill: #0b6bcb; }
.other { fill: #8b949e; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .ours { fill: #58a6ff; } .other { fill: #6e7681; } }
</style>
<text class="head" x="0" y="18">Images a second${computer.coreOfItsOwn ? " on one core" : ""}, more is better</text>
<text class="small" x="0" y="38">the mix of ${count} images, two pictures of each: 1600 pixels JPEG, 256 pixels WebP</text>
${bars.map((bar, index) => row(bar, index, most)).join("\n")}
</svg>
`;
}

const speed = (imagesPerSecond: number | null): string =>
  imagesPerSecond === null ? "cannot read all of them" : imagesPerSecond.toFixed(1);

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function row({ title, imagesPerSecond, kind }: Bar, index: number, most: number): string {
  const y = top + index * rowHeight;
  const length = Math.round(((imagesPerSecond ?? 0) / most) * barWidth);
  return [
    `<text x="${labelWidth - 10}" y="${y + 15}" text-anchor="end">${escaped(title)}</text>`,
    `<rect class="${kind}" x="${labelWidth}" y="${y}" width="${length}" height="20" rx="2"/>`,
    `<text x="${labelWidth + length + 8}" y="${y + 15}">${speed(imagesPerSecond)}</text>`,
  ].join("");
}
