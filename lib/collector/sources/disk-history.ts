import { readSeries } from '#lib/gateways/database/series.ts';
import { log } from '#lib/log.ts';

const dayMs = 24 * 3_600_000;
/** One for every five minutes of a day. */
const mostPoints = 288;

type Levels = Map<number, { at: number; free: number }[]>;

/** What was free on the disks of brokers during the day before, oldest first. Nothing while history cannot be read. */
export async function readDiskHistory(clusterId: string, brokers: readonly number[]): Promise<Levels> {
  const levels: Levels = new Map();
  try {
    const toMs = Date.now();
    const { at, series } = await readSeries({
      clusterId,
      series: brokers.map((id) => ({ kind: 'broker.disk-free', name: String(id) })),
      fromMs: toMs - dayMs,
      toMs,
      maxPoints: mostPoints,
    });
    for (const { name, values } of series) {
      const known = values.flatMap((free, i) => (free === null ? [] : [{ at: at[i]!, free }]));
      levels.set(Number(name), known);
    }
  } catch (error) {
    log.warn('disks.history-not-read', { cluster: clusterId, error });
  }
  return levels;
}
