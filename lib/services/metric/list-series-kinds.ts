import { newestTick } from '#lib/collector/ticks.ts';
import { ClusterInput } from '#lib/model/cluster-record.ts';
import { SeriesKinds } from '#lib/model/series.ts';
import { factsOfSeries, seriesKinds } from '#lib/model/series-kinds.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { missingKind } from './missing-kind.ts';

/** Every kind of number there is, how many series a cluster has of it now, and why it has none. */
export const listSeriesKinds = defineQuery({
  name: 'metric.list-kinds',
  summary: 'Kinds of numbers with what they mean, and why a cluster has none of a kind.',
  path: '/clusters/[clusterId]/series/kinds',
  permission: 'metric:read',
  input: ClusterInput,
  output: SeriesKinds,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, { clusterId }) => {
    const counts = new Map<string, number>();
    for (const { kind } of newestTick(clusterId)?.points ?? []) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return {
      rows: seriesKinds.map((kind) => {
        const { subject, title, unit, isDetail } = factsOfSeries(kind);
        return {
          kind,
          subject,
          title,
          unit,
          isDetail: isDetail === true,
          count: counts.get(kind) ?? 0,
          missing: missingKind(clusterId, kind),
        };
      }),
    };
  },
});
