import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from './client.ts';

/**
 * A change of the cluster. Refused below all actions while the cluster is read-only (R38); an answer that was lost
 * after the request was sent means that it may have taken effect, and is never called a failure (F9).
 * @throws AppError `cluster.read-only`, `outcome.unknown`, or what kept the request from being sent.
 */
export async function mutate<T>(
  client: KafkaClient,
  isOnlyValidated: boolean,
  work: () => Promise<T>,
): Promise<T> {
  client.assertWritable();
  try {
    return await work();
  } catch (error) {
    if (isOnlyValidated || !(error instanceof AppError)) throw error;
    if (error.code === 'kafka.timeout') {
      throw new AppError(
        'outcome.unknown',
        { reason: `${error.facts.broker} did not answer in time` },
        { cause: error },
      );
    }
    if (error.code === 'kafka.connection-lost' || error.code === 'kafka.bad-frame') {
      throw new AppError(
        'outcome.unknown',
        { reason: `the connection to ${error.facts.broker} was lost` },
        { cause: error },
      );
    }
    throw error;
  }
}

/** Milliseconds Kafka itself may take for a change; less than our own deadline, so that its answer arrives. */
export const changeTimeoutMs = 8_000;
