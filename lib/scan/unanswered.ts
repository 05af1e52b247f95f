import { AppError } from '#lib/errors/app-error.ts';
import { sentences } from '#lib/errors/sentences.ts';

/** Why a broker's partitions could not be read, as the end of a sentence. */
export function brokerReason(broker: number, error: unknown): string {
  const known =
    error instanceof AppError ? ` (${sentences[error.code].what(error.facts).replace(/\.$/, '')})` : '';
  return `broker ${broker} did not answer${known}`;
}
