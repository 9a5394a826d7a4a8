import { plot } from "../../../../bench/processing/report/plot";
import { benchResult, contender } from "../bench-result";

const svg = plot(
  benchResult({
    contenders: [
      contender("darkroom", { title: "Ours", imagesPerSecond: 10 }),
      contender("other", { title: "A <b> & C", imagesPerSecond: 20 }),
      contender("blind", { title: "Blind", imagesPerSecond: null }),
    ],
  }),
);

it("draws bars by speed, the fastest over the whole width", () => {
  const widths = [...svg.matchAll(/<rect class="\w+" x="\d+" y="\d+" width="(\d+)"/g)].map(([, width]) =>
    Number(width),
  );
  // Ours, other, blind, stream and batch.
  expect(widths).toEqual([190, 380, 0, 171, 171]);
});

it("tells a screen reader everything that it shows", () => {
  expect(svg).toContain('role="img" aria-labelledby="title description"');
  expect(svg).toContain(
    '<desc id="description">Ours: 10.0; A &lt;b> &amp; C: 20.0; Blind: cannot read all of them; Darkroom: Kafka → function → S3: 9.0; Darkroom: S3 → function → S3: 9.0.</desc>',
  );
});

it("has colours for dark pages, and marks Darkroom's own", () => {
  expect(svg).toContain("@media (prefers-color-scheme: dark)");
  expect([...svg.matchAll(/<rect class="(\w+)"/g)].map(([, kind]) => kind)).toEqual([
    "ours",
    "other",
    "other",
    "ours",
    "ours",
  ]);
});
