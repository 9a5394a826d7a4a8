import type { ImageCode } from "../contract/image-code";
// The bundle puts the folder that an environment names in the place of this one (bundle/bind-code.ts).
import * as code from "../processing";

/** The engineers' code this bundle was built with. */
export const imageCode: ImageCode = code;
