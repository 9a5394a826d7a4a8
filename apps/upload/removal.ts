const dayMilliseconds = 86_400_000;

/**
 * When S3 removes an object that was written at `written`: after `days` days, rounded up to the next midnight UTC (S3 User
 * Guide, "Lifecycle rules based on an object's age").
 * @param days - whole number, 1 or more
 */
export const removedAt = (written: Date, days: number): Date =>
  new Date(Math.ceil((written.getTime() + days * dayMilliseconds) / dayMilliseconds) * dayMilliseconds);
