import { encode } from "./encode";
import { pictureOf } from "./picture-of";
import { serve } from "./serve";
import { sharp } from "./sharp-settings";

/**
 * A script that opens an image once and clones the pipeline for each picture. It saves the bytes, not the work: every
 * clone decodes anew.
 */
void serve(async (bytes, { renditions }) => {
  const opened = sharp(bytes).autoOrient();
  const pictures = [];
  for (const rendition of renditions) {
    const made = await encode(opened.clone(), rendition).toBuffer({ resolveWithObject: true });
    pictures.push(pictureOf(rendition.name, made));
  }
  return pictures;
});
