import type { BenchImage } from "../images/make-images";
import type { StartedContender } from "./contenders";
import type { Run } from "./job";

/**
 * Holds a contender's pictures against those of the default processing, and notes the classes it cannot read: a comparison
 * of programs that make different pictures would say nothing.
 * @throws Error when a picture is missing or has another size in pixels
 */
export function expectSamePictures(
  contender: Pick<StartedContender, "name" | "unreadable">,
  run: Run,
  reference: Run,
  images: readonly BenchImage[],
): void {
  for (const [index, pictures] of run.pictures.entries()) {
    const image = images[index];
    if (image === undefined) continue;
    if (pictures === null) {
      contender.unreadable.add(image.class);
      continue;
    }
    const sizes = (of: Run) => of.pictures[index]?.map(({ name, width, height }) => `${name} ${width} × ${height}`);
    const [got, expected] = [sizes(run), sizes(reference)];
    if (got?.join() !== expected?.join()) {
      throw new Error(
        `${contender.name}: expected ${expected?.join(", ")} of ${image.path}, but got ${got?.join(", ")}.`,
      );
    }
  }
}
