import Link from 'next/link';
import { formatOfSeries } from '#components/charts/series-format.ts';
import { placeOfSeries } from '#components/charts/series-place.ts';
import { Sparkline } from '#components/charts/sparkline.tsx';
import { nameOfSeries } from '#components/charts/use-series.ts';
import type { Column } from '#components/data-table/column.ts';
import { Bar } from '#components/ui/progress.tsx';
import { Quantity, Unknown } from '#components/ui/quantity.tsx';
import { ObjectName } from '#components/values/numbers.tsx';
import { formatPercent } from '#lib/format.ts';
import type { TopMeasure, TopSeries } from '#lib/model/series.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { measureWords } from './questions.ts';

export type TopRow = TopSeries['rows'][number] & {
  label: string;
  isName: boolean;
  href: string | null;
  /** Of the largest of the list, 0 to 1. */
  share: number;
};

/** What the object of a row is called in a list where all kinds of objects may stand. */
function labelOf(kind: SeriesKind, name: string): string {
  const { subject } = factsOfSeries(kind);
  if (subject === 'broker') return nameOfSeries(kind, name);
  return subject === 'member' ? name.replace('\t', ' on ') : name;
}

export function rowsOfTop(clusterId: string, top: TopSeries): TopRow[] {
  const most = Math.max(0, ...top.rows.map((row) => Math.abs(row.value)));
  return top.rows.map((row) => ({
    ...row,
    label: labelOf(top.kind, row.name),
    isName: factsOfSeries(top.kind).subject !== 'broker',
    href: placeOfSeries(clusterId, top.kind, row.name),
    share: most > 0 ? Math.abs(row.value) / most : 0,
  }));
}

/** The number a row is ordered by: a growth with its sign, a change as a share. */
function Measured({ kind, by, value }: { kind: SeriesKind; by: TopMeasure; value: number }) {
  const sign = value > 0 ? '+' : '';
  if (by === 'change') return <>{value === 0 ? 'Unchanged' : `${sign}${formatPercent(value)}`}</>;
  const quantity = formatOfSeries(kind)(value);
  return <Quantity {...quantity} value={by === 'growth' ? `${sign}${quantity.value}` : quantity.value} />;
}

export function topColumns(kind: SeriesKind, by: TopMeasure): Column<TopRow>[] {
  const { title } = factsOfSeries(kind);
  return [
    {
      id: 'name',
      header: 'Name',
      cell: (row) => {
        const shown = row.isName ? <ObjectName name={row.label} /> : row.label;
        return row.href ? <Link href={row.href}>{shown}</Link> : shown;
      },
    },
    {
      id: 'value',
      header:
        by === 'growth' || by === 'change'
          ? measureWords[by].column
          : `${title}, ${measureWords[by].label.toLowerCase()}`,
      align: 'right',
      cell: (row) => <Measured kind={kind} by={by} value={row.value} />,
    },
    { id: 'share', header: 'Of the first', rank: 1, cell: (row) => <Bar share={row.share} /> },
    {
      id: 'spark',
      header: 'Over the range',
      rank: 1,
      cell: (row) => <Sparkline values={row.spark} width={110} />,
    },
    ...(by === 'last'
      ? []
      : [
          {
            id: 'last',
            header: `${title}, now`,
            align: 'right' as const,
            rank: 2 as const,
            cell: (row: TopRow) =>
              row.last === null ? <Unknown /> : <Quantity {...formatOfSeries(kind)(row.last)} />,
          },
        ]),
  ];
}
