'use client';

import { Quantity } from '#components/ui/quantity.tsx';
import { useZone } from '#components/values/clock.tsx';
import type { Quantity as QuantityText } from '#lib/format.ts';
import { formatTime } from '#lib/format.ts';
import { useCursor } from './cursor.tsx';
import type { ChartSeries } from './palette.ts';
import { colorOf } from './palette.ts';
import type { Prepared } from './prepare.ts';
import { valueAt } from './prepare.ts';

/** The data of a chart as a table: each series with its value at the cursor, now, least and most. */
export function ChartLegend({
  series,
  prepared,
  before = null,
  beforeWords,
  format,
  caption,
  onLit,
}: {
  series: readonly ChartSeries[];
  prepared: Prepared;
  /** The same series at the time they are compared with, and what that time is called. */
  before?: Prepared | null;
  beforeWords?: string | null;
  format: (value: number) => QuantityText;
  caption: string;
  /** A series is pointed at, or none any more. */
  onLit?: (index: number | null) => void;
}) {
  const at = useCursor();
  const zone = useZone();
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? (
      <span className="text-ink-3">Unknown</span>
    ) : (
      <Quantity {...format(value)} />
    );
  return (
    <table className="legend">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">Series</span>
          </th>
          <th scope="col">{at === null ? 'At cursor' : `At ${formatTime(at, zone)}`}</th>
          {before ? <th scope="col">{beforeWords ?? 'Before'}</th> : null}
          <th scope="col">Now</th>
          {before ? null : <th scope="col">Least</th>}
          <th scope="col">Most</th>
        </tr>
      </thead>
      <tbody>
        {series.map((each, index) => {
          const ready = prepared.series[index];
          return (
            <tr key={each.id} onPointerEnter={() => onLit?.(index)} onPointerLeave={() => onLit?.(null)}>
              <td>
                <span className="swatch" style={{ background: colorOf(each, index) }} />
                <span className={each.isName ? 'name' : undefined}>{each.name}</span>
              </td>
              <td className="cur">{at === null || !ready ? null : cell(valueAt(ready, at))}</td>
              {before ? <td>{cell(earlier(before, index, at))}</td> : null}
              <td>{cell(ready?.now)}</td>
              {before ? null : <td>{cell(ready?.least)}</td>}
              <td>{cell(ready?.most)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What stood there then: at the cursor, else where the range ends. */
function earlier(before: Prepared, index: number, at: number | null): number | null {
  const series = before.series[index];
  if (!series) return null;
  return at === null ? series.now : valueAt(series, at);
}
