import { factsOfSeries, type SeriesSubject, seriesKinds } from '#lib/model/series-kinds.ts';
import type { Tick } from '../ticks.ts';
import type { Family, Labels, Sample } from './exposition.ts';

/**
 * Every number of the newest ticks under a name of our own, `millrace_` and its kind: what the exporters that dashboards
 * know have no name for, such as lag in time or the time until unread records are deleted. What is many is left out: the
 * offsets tell it.
 */
export function seriesFamilies(ticks: readonly Tick[]): Family[] {
  return seriesKinds.flatMap((kind) => {
    const { subject, title, unit, isDetail } = factsOfSeries(kind);
    if (isDetail) return [];
    const samples = function* (): Iterable<Sample> {
      for (const { clusterId, points } of ticks)
        for (const point of points)
          if (point.kind === kind)
            yield { labels: labelsOf(subject, clusterId, point.name), value: point.value };
    };
    const name = `millrace_${kind.replace(/[.-]/g, '_')}`;
    const isPlain = unit === 'count' || unit === 'state';
    return [
      { name, type: 'gauge', help: `${title}${isPlain ? '' : `, ${unit}`}.`, samples } satisfies Family,
    ];
  });
}

const labelNames: Partial<Record<SeriesSubject, string>> = {
  broker: 'broker',
  topic: 'topic',
  group: 'consumergroup',
  connector: 'connector',
};

function labelsOf(subject: SeriesSubject, cluster: string, name: string): Labels {
  const label = labelNames[subject];
  return label ? { cluster, [label]: name } : { cluster };
}
