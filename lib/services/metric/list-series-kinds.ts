import { newestPoints } from '#lib/collector/ticks.ts';
import { keptKinds } from '#lib/gateways/database/series-names.ts';
import { ClusterInput } from '#lib/model/cluster-record.ts';
import { SeriesKinds } from '#lib/model/series.ts';
import { factsOfSeries, seriesKinds } from '#lib/model/series-kinds.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { missingKind } from './missing-kind.ts';

/** Every kind of number there is, how many series a cluster has of it now, and why it has none. What history holds is not missing. */
export const listSeriesKinds = defineQuery({
  name: 'metric.list-kinds',
  summary: 'Kinds of numbers with what they mean, and why a cluster has none of a kind.',
  path: '/clusters/[clusterId]/series/kinds',
  permission: 'metric:read',
  input: ClusterInput,
  output: SeriesKinds,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, { clusterId }) => {
    const reasons = new Map(seriesKinds.map((kind) => [kind, missingKind(clusterId, kind)]));
    const kept = await keptKinds(
      clusterId,
      seriesKinds.filter((kind) => reasons.get(kind) !== null),
    );
    return {
      rows: seriesKinds.map((kind) => {
        const { subject, title, unit, isDetail } = factsOfSeries(kind);
        return {
          ...{ kind, subject, title, unit, isDetail: isDetail === true },
          count: newestPoints(clusterId, kind).length,
          missing: kept.has(kind) ? null : (reasons.get(kind) ?? null),
        };
      }),
    };
  },
});
