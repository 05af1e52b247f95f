import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { paths } from '#lib/paths.ts';

/** The page that tells more of the object a series is about; null for what has none. */
export function placeOfSeries(clusterId: string, kind: SeriesKind, name: string): string | null {
  const cut = name.lastIndexOf('/');
  switch (factsOfSeries(kind).subject) {
    case 'cluster':
      return paths.metrics(clusterId);
    case 'broker':
      return paths.brokerMetrics(clusterId, Number(name));
    case 'topic':
      return paths.topicMetrics(clusterId, name);
    case 'partition':
      return paths.partitionMetrics(clusterId, name.slice(0, cut), Number(name.slice(cut + 1)));
    case 'group':
      return paths.groupMetrics(clusterId, name);
    case 'member':
      return paths.group(clusterId, name.slice(0, name.indexOf('\t')));
    case 'connector':
      return paths.connectorMetrics(clusterId, name);
  }
}
