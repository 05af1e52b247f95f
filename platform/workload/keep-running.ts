import { setTimeout as delay } from 'node:timers/promises';
import { log } from '#lib/log.ts';

/**
 * Runs `attempt` again and again until `signal` is aborted: a broker that goes away ends an attempt, not the
 * workload. Waits a second after the first failure, up to ten after several; an attempt that held for a
 * minute counts as healthy. Never rejects.
 */
export async function keepRunning(
  name: string,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<void>,
  waitMs = 1_000,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const beganMs = Date.now();
    try {
      await attempt(signal);
    } catch (error) {
      if (signal.aborted) return;
      if (Date.now() - beganMs > 60_000) failures = 0;
      failures += 1;
      log.warn('workload.restart', { name, reason: error instanceof Error ? error.message : String(error) });
      await delay(Math.min(waitMs * failures, waitMs * 10), undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Waits for `work`, but no longer than `limitMs`: for goodbyes to brokers that may be gone. Never rejects. */
export async function atMost(limitMs: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([
    work.catch(() => undefined),
    delay(limitMs, undefined, { signal: timer.signal, ref: false }).catch(() => undefined),
  ]);
  timer.abort();
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
