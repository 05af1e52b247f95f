'use client';

import { SelectField, TextField } from '#components/forms/fields.tsx';
import type { ActionForm } from '#components/forms/use-action-form.ts';
import type { BoardTile, TileSeries } from '#lib/model/board.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import type { TileValues } from './tile-draft.ts';
import { reduceWords, targetScale } from './tile-format.ts';

const windows = [
  { value: '1m', label: 'Last minute' },
  { value: '10m', label: 'Last 10 min' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
];
const trends = [
  { value: 'none', label: 'No trend' },
  { value: '1h', label: '1 h' },
  { value: '6h', label: '6 h' },
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
];
const widths = [
  { value: '3', label: 'A quarter' },
  { value: '4', label: 'A third' },
  { value: '6', label: 'Half' },
  { value: '12', label: 'All of it' },
];
const heights = [
  { value: '1', label: 'One row' },
  { value: '2', label: 'Two rows' },
  { value: '3', label: 'Three rows' },
];
const numbers: readonly { value: BoardTile['reduce']; label: string }[] = [
  { value: 'last', label: 'The newest' },
  { value: 'mean', label: 'Mean' },
  { value: 'max', label: 'Most' },
  { value: 'min', label: 'Least' },
  { value: 'change', label: 'Change' },
  { value: 'total', label: 'Total' },
];

/** Only what happens per second adds up to a total. */
const isRate = (series: readonly TileSeries[]): boolean =>
  series.length > 0 && series.every(({ kind }) => factsOfSeries(kind).unit.endsWith('/s'));

/** What a window means for a number: the newest needs none, and old history is means. */
function windowHelp(reduce: BoardTile['reduce'], window: string): string | undefined {
  if (reduce === 'last') return 'The newest is at most a minute or two old.';
  const isLong = window === '24h' || window === '7d';
  return isLong && (reduce === 'max' || reduce === 'min')
    ? 'Where history no longer has every reading, means of them are compared.'
    : undefined;
}

/** A width that is none of the usual stays a choice of the tile that has it. */
const withOwn = (options: readonly { value: string; label: string }[], value: string, unit: string) =>
  options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: `${value} ${unit}` }];

/** The fields of a tile beside its series: which number, of when, held against what, how large. */
export function TileFields({
  form,
  series,
}: {
  form: ActionForm<TileValues>;
  series: readonly TileSeries[];
}) {
  const { values } = form;
  const reduce = values.reduce as BoardTile['reduce'];
  const [first] = series;
  const suffix = first ? targetScale(first.kind, reduce).suffix : '';
  return (
    <>
      <TextField field={form.field('title')} label="Title" />
      <div className="grid-2">
        <SelectField
          field={form.field('reduce')}
          label="Number"
          options={numbers.map((option) => ({
            ...option,
            isDisabled: option.value === 'total' && !isRate(series),
          }))}
          help={
            isRate(series)
              ? `Shows the ${reduceWords(reduce, values.window as BoardTile['window'])}.`.replace(
                  'the now',
                  'newest value',
                )
              : 'Only a rate has a total.'
          }
        />
        <SelectField
          field={form.field('window')}
          label="Of"
          options={windows}
          help={windowHelp(reduce, values.window)}
        />
        <SelectField
          field={form.field('side')}
          label="Target"
          options={[
            { value: 'none', label: 'No target' },
            { value: 'at-least', label: 'At least' },
            { value: 'at-most', label: 'At most' },
          ]}
        />
        <TextField
          field={form.field('target.value')}
          label="Target value"
          suffix={suffix}
          inputMode="decimal"
          isDisabled={values.side === 'none'}
          help={values.side === 'none' ? 'Choose a target first.' : 'Each series is held against it.'}
        />
        <SelectField field={form.field('trend')} label="Trend" options={trends} />
        <SelectField
          field={form.field('width')}
          label="Width"
          options={withOwn(widths, values.width, 'of 12 columns')}
        />
        <SelectField
          field={form.field('height')}
          label="Height"
          options={withOwn(heights, values.height, 'rows')}
        />
      </div>
    </>
  );
}
