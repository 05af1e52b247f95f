import { AppError } from '#lib/errors/app-error.ts';
import { type ErrorCode, sentences } from '#lib/errors/sentences.ts';
import type { RegistrySettings } from './ask-registry.ts';
import { RegistryClient } from './registry-client.ts';

/** The registry's step of a connection test, as the steps of the brokers are. */
export type RegistryTestStep = {
  name: 'registry';
  outcome: 'ok' | 'failed';
  durationMs: number;
  sentence: string;
  next: string | null;
  code: ErrorCode | null;
};

/** Asks the registry for its subjects, which needs an address, a sign-in and a right. Rejects only when `signal` is aborted. */
export async function testRegistry(
  settings: RegistrySettings,
  signal: AbortSignal,
): Promise<RegistryTestStep> {
  const startedAt = performance.now();
  const step = (
    rest: Pick<RegistryTestStep, 'outcome' | 'sentence' | 'next' | 'code'>,
  ): RegistryTestStep => ({
    name: 'registry',
    durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
    ...rest,
  });
  try {
    const { length } = await new RegistryClient(settings).subjects(signal);
    const count = length === 1 ? '1 subject' : `${length.toLocaleString('en-US')} subjects`;
    return step({ outcome: 'ok', sentence: `The schema registry has ${count}.`, next: null, code: null });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    const { what, next } = sentences[error.code];
    return step({
      outcome: 'failed',
      sentence: what(error.facts),
      next: next(error.facts),
      code: error.code,
    });
  }
}
