import { sourceProblem } from '#lib/collector/sources/source-problem.ts';
import { newestPoints } from '#lib/collector/ticks.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';

/**
 * Why a cluster has no numbers of a kind now, as a sentence with what to do; null when it has some. A kind that nobody
 * gathers is not drawn as zero. What history holds of it is for the caller to see.
 */
export function missingKind(clusterId: string, kind: SeriesKind): string | null {
  if (newestPoints(clusterId, kind).some(({ value }) => !Number.isNaN(value))) return null;
  const { from, isDetail } = factsOfSeries(kind);
  if (isDetail) return 'It is taken once a minute, and there is none yet.';
  return sourceProblem(clusterId, from) ?? kinds[kind] ?? reasons[from];
}

/** Numbers that are there only while there is something to tell. */
const kinds: Partial<Record<SeriesKind, string>> = {
  'group.loss-clock': 'No group has unread records that retention is about to delete.',
  'broker.disk-days': 'No disk fills up now, or it has not been watched for long enough.',
  'group.rebalances': 'Its groups have not been watched for ten minutes yet.',
  'cluster.certificate-days': 'No certificate is known: the connection is not by TLS.',
};

const reasons = {
  cluster: 'The cluster has not told this yet.',
  offsets: 'Two readings of its offsets are needed first.',
  logs: 'Its brokers have not told their log dirs yet.',
  endpoint: 'The metrics of its brokers do not have this number.',
  canary: 'The canary has not measured this yet.',
  connect: 'Its Connect workers have told of no connector.',
} as const;
