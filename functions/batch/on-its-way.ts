/** Longest that an image takes between the writing of its original and of its feature record: a call of a function, many times over. */
const longestMilliseconds = 60 * 60 * 1000;

/**
 * Whether an original without a feature record may belong to an image that is on its first way. Its record, which knows more of it than its
 * key does, comes in a moment.
 */
export const isOnItsWay = (lastModified: Date, now: Date): boolean =>
  now.getTime() - lastModified.getTime() < longestMilliseconds;
