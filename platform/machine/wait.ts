import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the condition holds; false when `timeoutMs` passed first. A condition that throws counts as not yet true.
 * Rejects once `signal` is aborted.
 */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  options: { timeoutMs: number; everyMs?: number; signal?: AbortSignal | undefined },
): Promise<boolean> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      if (await condition()) return true;
    } catch {
      // Not yet.
    }
    if (performance.now() >= deadline) return false;
    await delay(options.everyMs ?? 150);
  }
}
