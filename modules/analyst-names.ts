/**
 * How everything begins that a group starts in SageMaker: `image-analysts--`. Its rights hold for such names alone, so that no group gets at
 * another's; no group's name has `--` in it, so that no beginning is another's too.
 */
export const ownPrefix = (group: string): string => `${group}--`;
