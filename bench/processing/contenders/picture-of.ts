import type { OutputInfo } from "sharp";
import type { MadePicture } from "./job";

export const pictureOf = (
  name: string,
  { data, info }: { readonly data: Buffer; readonly info: OutputInfo },
): MadePicture => ({ name, width: info.width, height: info.height, bytes: data.length });
