import { encode } from "./encode";
import { pictureOf } from "./picture-of";
import { serve } from "./serve";
import { sharp } from "./sharp-settings";

/** A script written with care: decodes once, as large as the largest picture, and makes every picture of that. */
void serve(async (bytes, { renditions }) => {
  const width = Math.max(...renditions.map(({ maxWidthPixels }) => maxWidthPixels));
  const height = Math.max(...renditions.map(({ maxHeightPixels }) => maxHeightPixels));
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .toColourspace("srgb")
    .resize({ width, height, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const pictures = [];
  for (const rendition of renditions) {
    const made = await encode(sharp(data, { raw }), rendition).toBuffer({ resolveWithObject: true });
    pictures.push(pictureOf(rendition.name, made));
  }
  return pictures;
});
