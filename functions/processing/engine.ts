import sharp from "sharp";

// Each image is seen once, so libvips' operation cache would only hold memory.
sharp.cache(false);
// Parallelism comes from several images at once; one thread an image gives the most images a second on Lambda.
sharp.concurrency(1);

// A second fence behind sniff.ts: libvips itself refuses every loader but these, whatever
// the bytes claim to be. It holds for the whole process, and for whatever else uses sharp in it.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpeg",
    "VipsForeignLoadPng",
    "VipsForeignLoadWebp",
    "VipsForeignLoadHeif",
    "VipsForeignLoadNsgif",
    "VipsForeignLoadTiff",
  ],
});

export type { Sharp } from "sharp";
/** sharp, set up for functions that are fed by strangers. The only import of sharp in this folder. */
export { sharp };
