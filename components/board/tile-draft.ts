import type { FormSchema } from '#components/forms/field-state.ts';
import { BoardTile, type TileSeries } from '#lib/model/board.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { targetScale } from './tile-format.ts';

const shape = BoardTile.omit({ id: true });
/** What a tile is before the server gives it an id. */
export type NewTile = Omit<BoardTile, 'id'>;

/** A tile as the fields of its form hold it; its series stand beside them. */
export type TileValues = {
  title: string;
  reduce: string;
  window: string;
  side: string;
  'target.value': string;
  trend: string;
  width: string;
  height: string;
};

/** Fields of a tile that is new, or of one that is changed. */
export function valuesOf(tile: NewTile | null, title = ''): TileValues {
  const [first] = tile?.series ?? [];
  const scale = tile && first ? targetScale(first.kind, tile.reduce).scale : 1;
  return {
    title: tile?.title ?? title,
    reduce: tile?.reduce ?? 'last',
    window: tile?.window ?? '10m',
    side: tile?.target?.side ?? 'none',
    'target.value': tile?.target ? String(Number((tile.target.value * scale).toPrecision(12))) : '',
    trend: tile ? (tile.trend ?? 'none') : '1h',
    width: String(tile?.width ?? 3),
    height: String(tile?.height ?? 1),
  };
}

/** The tile that the fields say. What is no number stays none, so that the check of the schema finds it. */
export function tileOf(values: TileValues, series: readonly TileSeries[]): NewTile {
  const [first] = series;
  const reduce = values.reduce as BoardTile['reduce'];
  const scale = first ? targetScale(first.kind, reduce).scale : 1;
  const target = values['target.value'].trim().replace(/,/g, '');
  return {
    title: values.title,
    series: [...series],
    reduce,
    window: values.window as BoardTile['window'],
    target:
      values.side === 'none'
        ? null
        : {
            side: values.side as 'at-least' | 'at-most',
            value: target === '' ? Number.NaN : Number(target) / scale,
          },
    trend: values.trend === 'none' ? null : (values.trend as NonNullable<BoardTile['trend']>),
    width: Number(values.width),
    height: Number(values.height),
  };
}

/** What a tile of one series would be called. */
export const usualTitle = ({ kind, name }: Pick<TileSeries, 'kind' | 'name'>): string => {
  const { title, subject } = factsOfSeries(kind);
  if (subject === 'cluster' || name === '') return title;
  return `${title}: ${subject === 'broker' ? `broker ${name}` : name.replace('\t', ' on ')}`.slice(0, 80);
};

/** Checks a tile where it is written: what only the form can say, then the shape. */
export const newTileCheck: FormSchema = {
  safeParse: (value) => {
    const tile = value as NewTile;
    const issues = tile.series.flatMap(({ kind, name }, index) =>
      factsOfSeries(kind).subject !== 'cluster' && name.trim() === ''
        ? [{ path: ['series'], message: `Choose what series ${index + 1} is of.` }]
        : [],
    );
    if (tile.target && !Number.isFinite(tile.target.value))
      issues.push({ path: ['target', 'value'], message: 'Write a number.' });
    const result = shape.safeParse(value);
    const all = [...issues, ...(result.success ? [] : result.error.issues)];
    return all.length === 0 ? { success: true } : { success: false, error: { issues: all } };
  },
};
