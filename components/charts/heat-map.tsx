'use client';

import Link from 'next/link';
import { Quantity } from '#components/ui/quantity.tsx';
import { useZone } from '#components/values/clock.tsx';
import type { Quantity as QuantityText } from '#lib/format.ts';
import { axisTime } from './axis.ts';
import { useCursor } from './cursor.tsx';
import type { Flag } from './flags.ts';
import { heatPaths } from './heat-paths.ts';
import { PlotFrame, useWidth } from './plot-frame.tsx';
import { timeTicks, zoneOffset } from './prepare.ts';

/** An object with its numbers at equal steps from `from` to `to`; null is a gap. */
export type HeatRow = {
  id: string;
  label: string;
  isName?: boolean;
  href?: string;
  values: readonly (number | null)[];
};

const HEIGHT = 24;
const RULER = 20;

/** The number of a row at a moment, or its newest where no cursor is. */
function cellAt(row: HeatRow, share: number | null): number | null {
  if (share === null) return row.values.at(-1) ?? null;
  return row.values[Math.min(row.values.length - 1, Math.floor(share * row.values.length))] ?? null;
}

function Value({
  row,
  from,
  to,
  format,
}: {
  row: HeatRow;
  from: number;
  to: number;
  format: (value: number) => QuantityText;
}) {
  const at = useCursor();
  const share = at === null ? null : Math.min(1, Math.max(0, (at - from) / (to - from)));
  const value = cellAt(row, share);
  return value === null ? <span className="text-ink-3">Unknown</span> : <Quantity {...format(value)} />;
}

/**
 * Objects down, time across, one hue from zero to the most of all, with the cursor of the page through it. The value at the
 * cursor, else the newest, stands at the right end of each row.
 */
export function HeatMap({
  title,
  note,
  rows,
  from,
  to,
  format,
  flags,
  labelWidth = 168,
}: {
  title: string;
  note?: string;
  rows: readonly HeatRow[];
  from: number;
  to: number;
  format: (value: number) => QuantityText;
  flags?: readonly Flag[];
  labelWidth?: number;
}) {
  const zone = useZone();
  const [ref, width] = useWidth();
  const most = Math.max(0, ...rows.flatMap((row) => row.values.map((value) => value ?? 0)));
  const time = axisTime(from, to, zone);
  const ticks = timeTicks(from, to, width < 480 ? 3 : 6, zoneOffset(to, zone));
  const height = RULER + rows.length * HEIGHT;
  const x = (at: number) => ((at - from) / (to - from)) * width;
  const top = format(most);
  return (
    <section className="heat" aria-label={title}>
      <div className="chart-head">
        <h3>{title}</h3>
        <span className="note">
          {note ? <span className="mr-4">{note}</span> : null}
          <span className="scale" aria-label={`Scale from 0 to ${top.value} ${top.unit}`} role="img">
            0
            {[0, 1, 2, 3, 4, 5, 6].map((step) => (
              <i key={step} style={{ background: `var(--color-heat-${step})` }} />
            ))}
            {top.value} {top.unit}
          </span>
        </span>
      </div>
      <div className="grid" style={{ gridTemplateColumns: `${labelWidth}px minmax(0, 1fr) 92px` }}>
        <div style={{ paddingTop: RULER }}>
          {rows.map((row) => (
            <div key={row.id} className="lb" style={{ height: HEIGHT }} title={row.label}>
              {row.href ? (
                <Link href={row.href} className={row.isName ? 'name' : undefined}>
                  {row.label}
                </Link>
              ) : (
                <span className={row.isName ? 'name' : undefined}>{row.label}</span>
              )}
            </div>
          ))}
        </div>
        <div ref={ref} className="min-w-0">
          <PlotFrame
            from={from}
            to={to}
            width={width}
            height={height}
            margin={{ top: RULER, right: 0, bottom: 0, left: 0 }}
            label={`${title}. The values stand at the right end of each row.`}
            flags={flags}
          >
            {width > 0 ? (
              <svg width={width} height={height} aria-hidden="true">
                {ticks.map((at) =>
                  x(at) > 16 && x(at) < width - 16 ? (
                    <text key={at} x={x(at)} y={12} textAnchor="middle">
                      {time(at)}
                    </text>
                  ) : null,
                )}
                {rows.map((row, index) => (
                  <g key={row.id} transform={`translate(0 ${RULER + index * HEIGHT})`}>
                    {heatPaths(row.values, most, width, HEIGHT - 2).map(({ step, d }) => (
                      <path
                        key={step}
                        d={d}
                        fill={step === 'gap' ? 'url(#p-gap)' : `var(--color-heat-${step})`}
                      />
                    ))}
                  </g>
                ))}
              </svg>
            ) : null}
          </PlotFrame>
        </div>
        <div style={{ paddingTop: RULER }}>
          {rows.map((row) => (
            <div key={row.id} className="val" style={{ height: HEIGHT }}>
              <Value row={row} from={from} to={to} format={format} />
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}
