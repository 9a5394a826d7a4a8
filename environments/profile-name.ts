/**
 * What the profile of a person in Studio is called: the user name with a hyphen in place of whatever such a name can't hold
 * (SageMaker API reference, CreateUserProfile: letters, digits and single hyphens between them).
 */
export const profileName = (person: string): string => person.replaceAll(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "");
