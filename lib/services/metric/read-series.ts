import { readSeries as readPoints, seriesSince } from '#lib/gateways/database/series.ts';
import { boundsOfRange, comparisons, ReadSeriesInput, SeriesAnswer } from '#lib/model/series.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { missingKind } from './missing-kind.ts';
import { parseSeries } from './parse-series.ts';
import { sevenDigits } from './seven-digits.ts';

/** Numbers over time. A gap is null and stays a gap. */
export const readSeries = defineQuery({
  name: 'metric.read',
  summary: 'Numbers over time of any kind, and those of a day or a week earlier beside them.',
  path: '/clusters/[clusterId]/series',
  permission: 'metric:read',
  input: ReadSeriesInput,
  output: SeriesAnswer,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const wanted = input.series.map(parseSeries);
    const { fromMs, toMs } = boundsOfRange(input.range, Date.now());
    const read = (shiftMs: number) =>
      readPoints({
        clusterId: input.clusterId,
        series: wanted,
        fromMs: fromMs - shiftMs,
        toMs: toMs - shiftMs,
        maxPoints: input.points,
        // Steps of equal length, so that now and then lie at the same places.
        isStepped: input.compare !== undefined,
      });
    const [answer, then, since] = await Promise.all([
      read(0),
      input.compare ? read(comparisons[input.compare]) : null,
      seriesSince(input.clusterId),
    ]);
    return {
      fromMs,
      toMs,
      stepMs: answer.stepMs,
      at: answer.at,
      series: answer.series.map((one, i) => {
        const before = then?.series[i]?.values;
        const isKept = [...one.values, ...(before ?? [])].some((value) => value !== null);
        return {
          ...one,
          values: one.values.map(sevenDigits),
          ...(before ? { before: before.map(sevenDigits) } : {}),
          // History is shown although what told it may be gone.
          missing: isKept ? null : missingKind(input.clusterId, one.kind),
        };
      }),
      since,
    };
  },
});
