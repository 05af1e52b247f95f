import { randomBytes } from 'node:crypto';
import type { Problem } from '#lib/model/problem.ts';
import { log } from '../log.ts';
import { AppError } from './app-error.ts';
import { sentences } from './sentences.ts';

/**
 * Says an error in words a person can act on. An error that is not an `AppError` is our own defect:
 * it is logged with a reference, and only the reference leaves the process.
 */
export function toProblem(error: unknown): Problem {
  const known =
    error instanceof AppError
      ? error
      : hasLeft(error)
        ? new AppError('request.cancelled')
        : asInternal(error);
  const sentence = sentences[known.code];
  return {
    code: known.code,
    status: sentence.status,
    what: sentence.what(known.facts),
    next: sentence.next(known.facts),
    ...(known.facts.reference ? { reference: String(known.facts.reference) } : {}),
    ...(known.facts.retryAfterSeconds ? { retryAfterSeconds: Number(known.facts.retryAfterSeconds) } : {}),
    ...(known.fields ? { fields: { ...known.fields } } : {}),
  };
}

/** The browser went before the answer came: Next and fetch abort with errors of these names. No defect of ours. */
const hasLeft = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'ResponseAborted');

function asInternal(error: unknown): AppError {
  const reference = randomBytes(4).toString('hex');
  log.error('internal', { reference, error });
  return new AppError('internal', { reference }, { cause: error });
}
