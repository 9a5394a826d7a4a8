/** Name of the table in its database; queries say `FROM features`. */
export const featureTableName = "features";

/** `darkroom_prod`: words of SQL need quotes around a hyphen, so there is none. */
export const databaseName = (environment: string): string => `darkroom_${environment}`;
