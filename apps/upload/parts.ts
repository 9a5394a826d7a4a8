/** How many parts a file has. */
export const partCount = (sizeBytes: number, partBytes: number): number =>
  Math.max(1, Math.ceil(sizeBytes / partBytes));

/** Size of one part, counted from 1: all are equally large but the last one. */
export const partSize = (number: number, sizeBytes: number, partBytes: number): number =>
  number < partCount(sizeBytes, partBytes) ? partBytes : sizeBytes - partBytes * (number - 1);
