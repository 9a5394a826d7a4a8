import { encode } from "./encode";
import { pictureOf } from "./picture-of";
import { serve } from "./serve";
import { sharp } from "./sharp-settings";

/** A bare script, as the first page of sharp's documentation has it: open, resize, encode, and again for the next. */
void serve(async (bytes, { renditions }) => {
  const pictures = [];
  for (const rendition of renditions) {
    const pipeline = encode(sharp(bytes).autoOrient(), rendition);
    pictures.push(pictureOf(rendition.name, await pipeline.toBuffer({ resolveWithObject: true })));
  }
  return pictures;
});
