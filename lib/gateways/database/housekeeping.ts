import { randomUUID } from 'node:crypto';
import { log } from '#lib/log.ts';
import { onStop, registry } from '#lib/process.ts';
import { purgeAlerts } from './alert-notices.ts';
import { purgeClusterEvents } from './cluster-events.ts';
import { readHistorySettings } from './history-settings.ts';
import { purgeRequests } from './idempotency.ts';
import { releaseLease, takeLease } from './leases.ts';
import { purgeOffsetBackups } from './offset-backups.ts';
import { boundSeries, expireSeries } from './series-expire.ts';
import { rollUpSeries, toMinutes, toQuarters } from './series-rollup.ts';
import { purgeSessions } from './sessions.ts';
import { purgeThrottles } from './throttles.ts';

const hourMs = 3_600_000;
/** Deliveries are kept for a quarter, incidents with their timelines for a year and a bit, to compare with the year before. */
const noticeDays = 90;
const incidentDays = 400;
const dayMs = 24 * hourMs;

/** Removes what has expired, and makes old history small. Each part for itself: one that fails does not keep the rest. */
export async function keepHouse(nowMs: number): Promise<void> {
  const parts: [string, () => Promise<unknown>][] = [
    ['history', () => keepHistoryWithin(nowMs)],
    ['alerts', () => purgeAlerts(noticeDays, incidentDays)],
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

/** For how long one instance may be at it before another may begin. */
const leaseMs = 30 * 60_000;

/**
 * Makes history coarser as it ages, and removes what is too old or too much, as it is set. By one instance at a time: two
 * that remove the oldest would remove too much.
 */
export async function keepHistoryWithin(nowMs: number): Promise<void> {
  const holder = randomUUID();
  if (!(await takeLease('history-within', leaseMs, holder))) return;
  try {
    await fold(nowMs);
  } finally {
    await releaseLease('history-within', holder);
  }
}

async function fold(nowMs: number): Promise<void> {
  const { settings } = await readHistorySettings();
  // First: what belongs to nothing any more is never rolled up, and as the oldest would keep the rest from it.
  await expireSeries(nowMs - settings.quarterDays * dayMs);
  await rollUpSeries(toMinutes, nowMs - settings.scrapeHours * hourMs);
  await rollUpSeries(toQuarters, nowMs - settings.minuteDays * dayMs);
  await boundSeries(settings.maxGigabytes * 1e9, nowMs);
  await purgeClusterEvents(nowMs - settings.quarterDays * dayMs);
}

/** Keeps house every hour, the first time a few minutes after the start. Once per process. */
export function startHousekeeping(): void {
  registry('housekeeping', () => {
    const state: { timer: NodeJS.Timeout | undefined; running: Promise<void> } = {
      timer: undefined,
      running: Promise.resolve(),
    };
    const plan = (delayMs: number): void => {
      state.timer = setTimeout(() => {
        state.running = keepHouse(Date.now()).finally(() => plan(hourMs));
      }, delayMs).unref();
    };
    plan(hourMs / 20);
    onStop('sampling', 'housekeeping', async () => clearTimeout(state.timer));
    return state;
  });
}
