/** Features are measured on pictures of one size, so that they can be compared between images of any resolution. */
export const FEATURE_BOX = { fit: "inside", maxWidthPixels: 256, maxHeightPixels: 256 } as const;
