import { readSeries } from '#lib/gateways/database/series.ts';
import { log } from '#lib/log.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { MinuteRing } from './minute-ring.ts';
import type { LineKeeper } from './small-lines.ts';
import type { Snapshot } from './snapshot.ts';

/** Series that are read at once: a few milliseconds each time. */
const pieceSeries = 200;
const minuteMs = 60_000;

/**
 * Fills the small lines of a process that has just begun from history, so that a restart leaves no hole in them. They are
 * worth waiting for by nobody: without the database they begin anew. Never throws.
 */
export async function recallLines(lines: LineKeeper, snapshot: Snapshot): Promise<void> {
  const metadata = snapshot.metadata.value;
  if (!metadata) return;
  const wanted: [MinuteRing, SeriesKind, string[]][] = [
    [lines.clusterRing, 'cluster.records-in', ['']],
    [lines.brokerRing, 'broker.bytes-in', metadata.brokers.map(({ id }) => String(id))],
    [lines.groupRing, 'group.lag', (snapshot.groups.value ?? []).map(({ groupId }) => groupId)],
    [lines.topicRing, 'topic.records-in', metadata.names],
  ];
  try {
    for (const [ring, kind, names] of wanted)
      for (let from = 0; from < names.length; from += pieceSeries)
        await recall(ring, snapshot.clusterId, kind, names.slice(from, from + pieceSeries));
  } catch (error) {
    log.warn('lines.not-recalled', { cluster: snapshot.clusterId, error });
  }
}

async function recall(ring: MinuteRing, clusterId: string, kind: SeriesKind, names: string[]): Promise<void> {
  // Up to the end of the minute before this one: what is now is read by this process itself.
  const toMs = Math.floor(Date.now() / minuteMs) * minuteMs;
  const { series } = await readSeries({
    clusterId,
    series: names.map((name) => ({ kind, name })),
    fromMs: toMs - (MinuteRing.minutes - 1) * minuteMs,
    toMs,
    maxPoints: MinuteRing.minutes - 1,
    isStepped: true,
  });
  for (const { name, values } of series)
    if (values.some((value) => value !== null)) ring.fill(name, values, toMs / minuteMs - 1);
}
