/**
 * What a group is called among all that are in its account, where another environment may have a group of the same name:
 * `prod-image-analysts`. No environment's name has a hyphen in it, so that no two groups are called the same.
 */
export const ownName = (environment: string, group: string): string => `${environment}-${group}`;

/** What stands between {@link ownName} and the rest of a name; no group's name has it within. */
export const ownNameEnd = "--";

/**
 * How everything begins that a group starts in SageMaker: `prod-image-analysts--`. Its rights hold for such names alone, so that no group
 * gets at another's, nor can start what counts as another's.
 */
export const ownPrefix = (environment: string, group: string): string => `${ownName(environment, group)}${ownNameEnd}`;

/** In a group's place in the name of the role of whoever is in none. */
export const withoutGroup = "without-group";
