import { type Format, formatOfSeries } from '#components/charts/series-format.ts';
import { formatBytes, formatCount } from '#lib/format.ts';
import type { BoardTile } from '#lib/model/board.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';

type Reduce = BoardTile['reduce'];

/** How the one number of a tile is written: a total of a rate is a count, a change has its sign. */
export function formatOfTile(kind: SeriesKind, reduce: Reduce): Format {
  const { unit } = factsOfSeries(kind);
  if (reduce === 'change') {
    const plain = formatOfSeries(kind);
    return (value) => {
      const { value: text, unit: of } = plain(value);
      return { value: value > 0 ? `+${text}` : text, unit: of };
    };
  }
  if (reduce === 'total' && unit === 'bytes/s') return (value) => formatBytes(value, 3);
  if (reduce === 'total' && unit.endsWith('/s'))
    return (value) => ({ value: formatCount(value), unit: unit === '/s' ? '' : unit.replace('/s', '') });
  return formatOfSeries(kind);
}

const windowWords: Readonly<Record<BoardTile['window'], string>> = {
  '1m': 'minute',
  '10m': '10 min',
  '1h': 'hour',
  '24h': '24 h',
  '7d': '7 d',
};

/** What the number of a tile says of its window: `total of the last 10 min`. */
export function reduceWords(reduce: Reduce, window: BoardTile['window']): string {
  const last = `the last ${windowWords[window]}`;
  switch (reduce) {
    case 'last':
      return 'now';
    case 'mean':
      return `mean of ${last}`;
    case 'max':
      return `most of ${last}`;
    case 'min':
      return `least of ${last}`;
    case 'total':
      return `total of ${last}`;
    case 'change':
      return `change over ${last}`;
  }
}

/** `at least 120 /s`: the target of a tile in the words of its number. */
export function targetWords(tile: Pick<BoardTile, 'target' | 'series' | 'reduce'>): string | null {
  const [first] = tile.series;
  if (!tile.target || !first) return null;
  const { value, unit } = formatOfTile(first.kind, tile.reduce)(tile.target.value);
  const amount = unit === '%' || unit === '/s' || unit === '' ? `${value}${unit}` : `${value} ${unit}`;
  return `${tile.target.side === 'at-least' ? 'at least' : 'at most'} ${amount}`;
}

/** The field of a target holds what people write: percent for a share, the unit of the number for all else. */
export const targetScale = (kind: SeriesKind, reduce: Reduce): { scale: number; suffix: string } => {
  const { unit } = factsOfSeries(kind);
  if (unit === 'share') return { scale: 100, suffix: '%' };
  if (reduce === 'total' && unit.endsWith('/s')) return { scale: 1, suffix: unit.replace('/s', '') };
  return { scale: 1, suffix: unit === 'count' || unit === 'state' ? '' : unit };
};
