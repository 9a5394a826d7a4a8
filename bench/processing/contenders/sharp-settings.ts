import sharp from "sharp";

// As functions/processing sets them: every contender on sharp gets the same.
sharp.cache(false);
sharp.concurrency(1);

export { sharp };
