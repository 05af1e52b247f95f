import { setTimeout as pause } from 'node:timers/promises';

/** Asks `condition` until it gives a value, at most `deadlineMs`; undefined when the time is over. */
export async function waitFor<T>(
  condition: () => T | undefined | false,
  deadlineMs: number,
  everyMs = 10,
): Promise<T | undefined> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const value = condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) return undefined;
    await pause(everyMs);
  }
}
