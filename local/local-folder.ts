import { resolve } from "node:path";

/** Everything of the local account that is kept between runs. */
export const localFolder = resolve(__dirname, "../.local");
