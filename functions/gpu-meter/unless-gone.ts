/** What SageMaker answers of something that is not there: endpoints have no error of their own (API reference, DescribeEndpoint). */
const gone = ({ name, message }: Error): boolean =>
  name === "ResourceNotFound" || (name === "ValidationException" && /could not find|does not exist/i.test(message));

/** What `answer` resolves to; undefined when the thing is no longer there, as it may be a moment after it was listed. */
export async function unlessGone<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && gone(error)) return undefined;
    throw error;
  }
}
