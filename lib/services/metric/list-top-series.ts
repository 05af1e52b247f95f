import { newestPoints } from '#lib/collector/ticks.ts';
import { readSeries } from '#lib/gateways/database/series.ts';
import type { TopSummary } from '#lib/gateways/database/series-tally.ts';
import { summariseSeries } from '#lib/gateways/database/series-top.ts';
import { boundsOfRange, ListTopSeriesInput, type TopMeasure, TopSeries } from '#lib/model/series.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { missingKind } from './missing-kind.ts';
import { sevenDigits } from './seven-digits.ts';

/** Steps of the small line of each row. */
const sparkPoints = 60;

/** The largest, or smallest, of a kind: which topics grew most in the last hour? */
export const listTopSeries = defineQuery({
  name: 'metric.list-top',
  summary: 'Series of a kind that are largest, grew most or changed most within a range.',
  path: '/clusters/[clusterId]/series/top',
  permission: 'metric:read',
  input: ListTopSeriesInput,
  output: TopSeries,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const { clusterId, kind, by, q } = input;
    const span = boundsOfRange(input.range, Date.now());
    const values = await valuesOf(clusterId, kind, by, span);
    const needle = q.toLowerCase();
    const matching = [...values].filter(([name]) => name.toLowerCase().includes(needle));
    const sign = input.order === 'most' ? -1 : 1;
    matching.sort((a, b) => sign * (a[1] - b[1]) || (a[0] < b[0] ? -1 : 1));
    const top = matching.slice(0, input.limit);
    const lines = await readSeries({
      clusterId,
      series: top.map(([name]) => ({ kind, name })),
      ...span,
      maxPoints: sparkPoints,
      isStepped: true,
    });
    const last = lastOf(clusterId, kind);
    return {
      kind,
      by,
      ...span,
      total: matching.length,
      rows: top.map(([name, value], i) => ({
        name,
        value: sevenDigits(value) ?? 0,
        last: sevenDigits(last.get(name) ?? null),
        spark: lines.series[i]!.values.map(sevenDigits),
      })),
      missing: values.size > 0 ? null : missingKind(clusterId, kind),
    };
  },
});

async function valuesOf(
  clusterId: string,
  kind: TopSeries['kind'],
  by: TopMeasure,
  span: { fromMs: number; toMs: number },
): Promise<Map<string, number>> {
  if (by === 'last') return lastOf(clusterId, kind);
  const now = await summariseSeries(clusterId, kind, span);
  const length = span.toMs - span.fromMs;
  const before =
    by === 'change'
      ? await summariseSeries(clusterId, kind, { fromMs: span.fromMs - length, toMs: span.fromMs - 1 })
      : new Map<string, TopSummary>();
  const values = new Map<string, number>();
  for (const [name, summary] of now) {
    const value = measure(by, summary, before.get(name));
    if (value !== null && Number.isFinite(value)) values.set(name, value);
  }
  return values;
}

/** Null when it cannot be said: what was nothing before has not changed by any share. */
function measure(by: TopMeasure, now: TopSummary, before: TopSummary | undefined): number | null {
  if (by === 'max') return now.most;
  if (by === 'growth') return now.last - now.first;
  if (by === 'mean') return now.mean;
  return before && before.mean !== 0 ? now.mean / before.mean - 1 : null;
}

/** The newest known numbers of a kind, from memory. */
function lastOf(clusterId: string, kind: TopSeries['kind']): Map<string, number> {
  const known = newestPoints(clusterId, kind).filter(({ value }) => !Number.isNaN(value));
  return new Map(known.map(({ name, value }) => [name, value]));
}
