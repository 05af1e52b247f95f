import { AppError } from '#lib/errors/app-error.ts';
import { readSeries as readPoints, seriesSince } from '#lib/gateways/database/series.ts';
import { boundsOfRange, ReadSeriesInput, SeriesAnswer, SeriesKind } from '#lib/model/series.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { bridgeGaps } from './bridge-gaps.ts';

/** Points a chart is drawn from at most; more cannot be told apart on a screen. */
const maxPoints = 240;

/** Numbers over time. A gap is null and stays a gap. */
export const readSeries = defineQuery({
  name: 'metric.read',
  summary: 'Numbers over time: traffic, health, sizes and lag.',
  path: '/clusters/[clusterId]/series',
  permission: 'metric:read',
  input: ReadSeriesInput,
  output: SeriesAnswer,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const wanted = input.series.map(parseSeries);
    const { fromMs, toMs } = boundsOfRange(input.range, Date.now());
    const [answer, since] = await Promise.all([
      readPoints({ clusterId: input.clusterId, series: wanted, fromMs, toMs, maxPoints }),
      seriesSince(input.clusterId),
    ]);
    return {
      fromMs,
      toMs,
      stepMs: answer.stepMs,
      at: answer.at,
      series: answer.series.map((one) => ({ ...one, values: bridgeGaps(answer.at, one.values) })),
      since,
    };
  },
});

/** `topic.size:orders` → kind and name. */
function parseSeries(text: string): { kind: SeriesKind; name: string } {
  const colon = text.indexOf(':');
  const kind = SeriesKind.safeParse(colon < 0 ? text : text.slice(0, colon));
  if (!kind.success)
    throw new AppError(
      'input.invalid',
      {},
      { fields: { series: `There is no series ${text.slice(0, 60)}.` } },
    );
  return { kind: kind.data, name: colon < 0 ? '' : text.slice(colon + 1) };
}
