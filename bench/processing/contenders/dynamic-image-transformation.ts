import type { Rendition } from "../../../functions/contract/process";
import type { MadePicture } from "./job";
import { serve } from "./serve";
import { sharp } from "./sharp-settings";

/**
 * The calls to sharp that AWS's Dynamic Image Transformation for Amazon CloudFront makes for one request per picture,
 * `/fit-in/1600x1600/filters:format(jpeg):quality(80):rotate():no_upscale()/…`: it reads the header to see whether the file
 * is an image, opens it again with metadata kept and damage tolerated, applies the edits in the order of its mapper, sets
 * the output format, and writes. Own code, after what that source does:
 * github.com/aws-solutions/dynamic-image-transformation-for-amazon-cloudfront, source/image-handler/image-handler.ts at
 * commit 1a8de92874bded60566e397a80a48972f17e2b4e and thumbor-mapper.ts at 02619859233b7485d80d949e75b920d2f46a6280.
 */
async function handle(bytes: Buffer, rendition: Rendition): Promise<MadePicture> {
  const { name, format, fit, maxWidthPixels: width, maxHeightPixels: height, quality } = rendition;
  const options = { failOn: "none", animated: false, limitInputPixels: true } as const;
  await sharp(bytes, options).metadata();
  const image = sharp(bytes, options).withMetadata();
  image.resize({ width, height, fit, withoutEnlargement: true });
  image.toFormat(format);
  image[format]({ quality });
  image.autoOrient();
  // Its last step once more, whatever the edits said.
  image.toFormat(format);
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { name, width: info.width, height: info.height, bytes: data.length };
}

void serve(async (bytes, { renditions }) => {
  const pictures = [];
  for (const rendition of renditions) pictures.push(await handle(bytes, rendition));
  return pictures;
});
