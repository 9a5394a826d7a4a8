const dayMilliseconds = 86_400_000;

/**
 * When S3's lifecycle takes what is `days` old: the time plus the days, rounded up to the next midnight UTC (S3 User
 * Guide, "Lifecycle rules based on an object's age").
 * @param days - whole number, 0 or more
 */
export const dueAt = (since: Date, days: number): Date =>
  new Date(Math.ceil((since.getTime() + days * dayMilliseconds) / dayMilliseconds) * dayMilliseconds);
