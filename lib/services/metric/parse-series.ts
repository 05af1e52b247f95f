import { AppError } from '#lib/errors/app-error.ts';
import { SeriesKind } from '#lib/model/series.ts';

/** `topic.size:orders` → kind and name; a kind alone is the cluster's own. */
export function parseSeries(text: string): { kind: SeriesKind; name: string } {
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
