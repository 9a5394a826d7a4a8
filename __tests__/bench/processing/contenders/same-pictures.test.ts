import type { Run } from "../../../../bench/processing/contenders/job";
import { expectSamePictures } from "../../../../bench/processing/contenders/same-pictures";
import type { ImageClass } from "../../../../bench/processing/images/mix";

const run = (...pictures: Run["pictures"]): Run => ({ seconds: 1, cpuSeconds: 1, peakMegabytes: 1, pictures });
const web = (width: number, height: number) => [{ name: "web", width, height, bytes: 1 }];
const images = [
  { class: "photo" as const, path: "0-photo.jpg" },
  { class: "avif" as const, path: "1-avif.avif" },
];
const contender = () => ({ name: "pillow" as const, unreadable: new Set<ImageClass>() });

it("accepts pictures of the same sizes, whatever their bytes", () => {
  const other = run([{ name: "web", width: 4, height: 3, bytes: 99 }], web(2, 2));
  expect(() => expectSamePictures(contender(), other, run(web(4, 3), web(2, 2)), images)).not.toThrow();
});

it("refuses a contender whose picture has another size", () => {
  expect(() => expectSamePictures(contender(), run(web(3, 4), web(2, 2)), run(web(4, 3), web(2, 2)), images)).toThrow(
    new Error("pillow: expected web 4 × 3 of 0-photo.jpg, but got web 3 × 4."),
  );
});

it("notes the class of an image that a contender cannot read", () => {
  const one = contender();
  expectSamePictures(one, run(web(4, 3), null), run(web(4, 3), web(2, 2)), images);
  expect([...one.unreadable]).toEqual(["avif"]);
});
