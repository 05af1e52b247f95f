'use client';

import type { Quantity } from '#lib/format.ts';
import { useCursor } from './cursor.tsx';
import type { Prepared } from './prepare.ts';
import { valueAt } from './prepare.ts';

/** The value of a row at the cursor, else now, at its right end; unknown is said. */
export function StackValue({
  prepared,
  format,
  tone,
  top = 0,
}: {
  prepared: Prepared;
  format: (value: number) => Quantity;
  tone?: 'critical' | 'warning';
  top?: number;
}) {
  const at = useCursor();
  const [series] = prepared.series;
  const value = series ? (at === null ? series.now : valueAt(series, at)) : null;
  const text = value === null ? null : format(value);
  return (
    <span className={tone && value ? `val ${tone}` : 'val'} style={{ top }}>
      {text ? text.value : <span className="none">Unknown</span>}
      {text?.unit ? <span className="u">{text.unit}</span> : null}
    </span>
  );
}
