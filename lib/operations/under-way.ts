import { setTimeout as after } from 'node:timers/promises';
import { onStop, registry } from '#lib/process.ts';

/** How long a stop waits for changes that are being made, before the connections they use are closed. */
const patienceMs = 12_000;

const acts = (): Set<Promise<unknown>> =>
  registry('acts-under-way', () => {
    const underWayNow = new Set<Promise<unknown>>();
    onStop('work', 'acts under way', async () => {
      const patience = new AbortController();
      await Promise.race([
        Promise.allSettled(underWayNow),
        after(patienceMs, undefined, { signal: patience.signal, ref: false }).catch(() => {}),
      ]);
      patience.abort();
    });
    return underWayNow;
  });

/** Keeps a stop of the process waiting for `act`, so that a change made just then is known to have been made (F11). */
export async function underWay<T>(act: Promise<T>): Promise<T> {
  acts().add(act);
  try {
    return await act;
  } finally {
    acts().delete(act);
  }
}
