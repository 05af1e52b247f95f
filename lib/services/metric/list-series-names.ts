import { listSeriesNames as listNames } from '#lib/gateways/database/series-names.ts';
import { ListSeriesNamesInput, SeriesNames } from '#lib/model/series.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { missingKind } from './missing-kind.ts';

/** Which topics, brokers, groups or partitions have numbers of a kind. */
export const listSeriesNames = defineQuery({
  name: 'metric.list-names',
  summary: 'Names that have numbers of a kind, searched, one page of them.',
  path: '/clusters/[clusterId]/series/names',
  permission: 'metric:read',
  input: ListSeriesNamesInput,
  output: SeriesNames,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, { clusterId, kind, q, page, limit }) => {
    const found = await listNames({ clusterId, kind, q, limit, offset: (page - 1) * limit });
    return { kind, ...found, missing: found.total > 0 ? null : missingKind(clusterId, kind) };
  },
});
