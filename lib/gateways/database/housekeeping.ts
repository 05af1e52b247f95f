import { log } from '#lib/log.ts';
import { onStop, registry } from '#lib/process.ts';
import { purgeRequests } from './idempotency.ts';
import { purgeOffsetBackups } from './offset-backups.ts';
import { expireSeries } from './series-expire.ts';
import { rollUpSeries } from './series-rollup.ts';
import { purgeSessions } from './sessions.ts';
import { purgeThrottles } from './throttles.ts';

const hourMs = 3_600_000;
/** History is kept as it was scraped for a day, then as means of a minute. */
const asScrapedMs = 24 * hourMs;

/** Removes what has expired, and makes old history small. Each part for itself: one that fails does not keep the rest. */
export async function keepHouse(historyDays: number, nowMs: number): Promise<void> {
  const parts: [string, () => Promise<unknown>][] = [
    ['series roll-up', () => rollUpSeries(nowMs - asScrapedMs)],
    ['series expiry', () => expireSeries(nowMs - historyDays * 24 * hourMs)],
    ['requests', purgeRequests],
    ['sessions', purgeSessions],
    ['throttles', purgeThrottles],
    ['offset backups', purgeOffsetBackups],
  ];
  for (const [name, part] of parts) {
    const started = performance.now();
    try {
      await part();
      const durationMs = Math.round(performance.now() - started);
      if (durationMs > 1_000) log.info('housekeeping.slow', { name, durationMs });
    } catch (error) {
      log.warn('housekeeping.failed', { name, error });
    }
  }
}

/** Keeps house every hour, the first time a few minutes after the start. Once per process. */
export function startHousekeeping(historyDays: number): void {
  registry('housekeeping', () => {
    const state: { timer: NodeJS.Timeout | undefined; running: Promise<void> } = {
      timer: undefined,
      running: Promise.resolve(),
    };
    const plan = (delayMs: number): void => {
      state.timer = setTimeout(() => {
        state.running = keepHouse(historyDays, Date.now()).finally(() => plan(hourMs));
      }, delayMs).unref();
    };
    plan(hourMs / 20);
    onStop('sampling', 'housekeeping', async () => clearTimeout(state.timer));
    return state;
  });
}
