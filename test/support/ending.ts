import { AppError } from '../../shared/errors.ts';

/** The AppError that a promise ends with; anything else fails the test, a good end included. */
export async function ending(promise: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppError)) throw new Error('did not end with an AppError', { cause: thrown });
  return thrown;
}
