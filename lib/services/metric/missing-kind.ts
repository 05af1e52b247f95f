import { newestTick } from '#lib/collector/ticks.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';

/**
 * Why a cluster has no numbers of a kind now, as a sentence with what to do; null when it has some. A kind that nobody
 * gathers is not drawn as zero.
 */
export function missingKind(clusterId: string, kind: SeriesKind): string | null {
  const tick = newestTick(clusterId);
  if (tick?.points.some((point) => point.kind === kind && !Number.isNaN(point.value))) return null;
  return reasons[factsOfSeries(kind).from](factsOfSeries(kind).isDetail === true);
}

const reasons = {
  cluster: () => 'The cluster has not told this yet.',
  offsets: (isDetail: boolean) =>
    isDetail ? 'Taken once a minute; there is none yet.' : 'Two readings of its offsets are needed first.',
  logs: (isDetail: boolean) =>
    isDetail ? 'Taken once a minute; there is none yet.' : 'Its brokers have not told their log dirs yet.',
  endpoint: () =>
    'Needs a metrics endpoint on the brokers, or a Prometheus server: name it in the settings of the cluster.',
  canary: () => 'Needs the canary: switch it on in the settings of the cluster.',
  connect: () => 'Needs Kafka Connect: name its workers in the settings of the cluster.',
} as const;
