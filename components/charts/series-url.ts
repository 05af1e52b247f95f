import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';

/** A series as it is asked for. The name is that of its object; the cluster's own have none. */
export type SeriesRef = { kind: SeriesKind; name?: string };

export const seriesParameter = ({ kind, name }: SeriesRef): string => (name ? `${kind}:${name}` : kind);

type Asked = {
  clusterId: string;
  series: readonly SeriesRef[];
  range: string;
  compare?: string | null;
  points?: number;
};

const withSeries = (url: string, series: readonly SeriesRef[]): string =>
  [url, ...series.map((one) => `series=${encodeURIComponent(seriesParameter(one))}`)].join('&');

/** Where the numbers of these series are read. */
export const seriesUrl = ({ clusterId, series, range, compare, points }: Asked): string =>
  withSeries(apiPath('/clusters/[clusterId]/series', { clusterId, range, compare, points }), series);

/** Where the same is downloaded as CSV. */
export const seriesCsvUrl = ({ clusterId, series, range, compare }: Asked): string =>
  withSeries(apiPath('/clusters/[clusterId]/series.csv', { clusterId, range, compare }), series);
