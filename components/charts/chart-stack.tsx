'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { useZone } from '#components/values/clock.tsx';
import type { Quantity } from '#lib/format.ts';
import { formatCount } from '#lib/format.ts';
import { axisScale, axisTime } from './axis.ts';
import type { Flag } from './flags.ts';
import { foldFlags } from './flags.ts';
import { FlagLabel, flagPx, PlotFrame, useWidth } from './plot-frame.tsx';
import type { Prepared, SeriesInput } from './prepare.ts';
import { prepare, timeTicks, zoneOffset } from './prepare.ts';
import { StackValue } from './stack-value.tsx';
import { Strip } from './strip.tsx';

const TimePlot = dynamic(() => import('./time-plot.tsx'), { ssr: false });

const LEFT = 36;
const RULER = 40;
const STRIP = 16;
const GAP = 18;

type Format = (value: number) => Quantity;

/** A row of the stack. `flow` draws what comes in above and what goes out below one axis. */
export type StackRow =
  | { kind: 'strip'; id: string; label: string; series: SeriesInput; tone: 'critical' | 'warning' }
  | {
      kind: 'flow';
      id: string;
      inLabel: string;
      outLabel: string;
      inSeries: SeriesInput;
      outSeries: SeriesInput;
      format: Format;
    }
  | {
      kind: 'series';
      id: string;
      label: string;
      series: SeriesInput;
      format: Format;
      threshold?: { value: number; label: string };
    };

const count: Format = (value) => ({ value: formatCount(value), unit: '' });

function Label({ children, unit, top = 0 }: { children: string; unit?: string; top?: number }) {
  return (
    <span className="lb" style={{ top }}>
      {children}
      {unit ? <small>{unit}</small> : null}
    </span>
  );
}

/** Where each row begins, from the top of the stack. */
function layout(rows: readonly StackRow[], plotHeight: number): { tops: number[]; total: number } {
  const tops: number[] = [];
  let top = RULER;
  rows.forEach((row, index) => {
    if (row.kind !== 'strip' && index > 0) top += GAP;
    tops.push(top);
    top += row.kind === 'strip' ? STRIP : row.kind === 'flow' ? plotHeight * 2 : plotHeight;
  });
  return { tops, total: top + 8 };
}

/** Charts under one time ruler, with the flags of what changed and one cursor through all of them. */
export function ChartStack({
  rows,
  from,
  to,
  flags = [],
  label,
  plotHeight = 64,
}: {
  rows: readonly StackRow[];
  from: number;
  to: number;
  flags?: readonly Flag[];
  /** One sentence for those who hear the page. */
  label: string;
  /** Height of one plot, px; a flow has two. */
  plotHeight?: number;
}) {
  const zone = useZone();
  const [ref, width] = useWidth();
  const inner = Math.max(1, width - LEFT);
  const time = axisTime(from, to, zone);
  const ticks = timeTicks(from, to, width < 480 ? 3 : 6, zoneOffset(to, zone));
  const { tops, total } = layout(rows, plotHeight);
  const ready = useMemo(() => {
    const options = { from, to, zone, maxPoints: 400, yCount: 2 };
    return rows.map((row): [Prepared, Prepared?] => {
      if (row.kind === 'flow') return [prepare([row.inSeries], options), prepare([row.outSeries], options)];
      const atLeast = row.kind === 'series' ? (row.threshold?.value ?? 0) : 0;
      return [prepare([row.series], { ...options, atLeast })];
    });
  }, [rows, from, to, zone]);
  const x = (at: number) => LEFT + ((at - from) / (to - from)) * inner;
  const plot = (prepared: Prepared, color: string, format: Format, more: object = {}) => (
    <TimePlot
      prepared={prepared}
      colors={[color]}
      width={width}
      height={plotHeight}
      margin={{ top: 4, right: 0, bottom: 0, left: LEFT }}
      kind="area"
      hasTimes={false}
      formatTime={time}
      formatValue={axisScale(prepared.yMax, format).tick}
      {...more}
    />
  );
  const unitOf = (prepared: Prepared | undefined, format: Format) =>
    prepared && !prepared.isEmpty ? axisScale(prepared.yMax, format).unit : undefined;

  return (
    <div className="stack" style={{ height: total }}>
      <div className="side">
        {rows.map((row, index) => {
          const top = tops[index] ?? 0;
          const [first, second] = ready[index] ?? [];
          if (row.kind === 'strip')
            return (
              <Label key={row.id} top={top}>
                {row.label}
              </Label>
            );
          if (row.kind === 'series')
            return (
              <Label key={row.id} top={top} unit={unitOf(first, row.format)}>
                {row.label}
              </Label>
            );
          return [
            <Label key="in" top={top} unit={unitOf(first, row.format)}>
              {row.inLabel}
            </Label>,
            <Label key="out" top={top + plotHeight + 2} unit={unitOf(second, row.format)}>
              {row.outLabel}
            </Label>,
          ];
        })}
      </div>
      <div className="min-w-0" ref={ref}>
        <PlotFrame
          from={from}
          to={to}
          width={width}
          height={total}
          margin={{ top: 19, right: 0, bottom: 0, left: LEFT }}
          label={label}
          hasFlagLetters={false}
          flags={flags}
        >
          {width > 0 ? (
            <>
              <svg width={width} height={total} aria-hidden="true" className="absolute inset-0">
                {ticks.map((at) => (
                  <g key={at}>
                    {x(at) < width - 16 && x(at) > LEFT + 14 ? (
                      <text x={x(at)} y={12} textAnchor="middle">
                        {time(at)}
                      </text>
                    ) : null}
                    <path d={`M${x(at)} 18v${total - 18}`} stroke="var(--color-line)" />
                  </g>
                ))}
                <path d={`M${LEFT} 18.5H${width}`} stroke="var(--color-line-strong)" />
              </svg>
              {rows.map((row, index) => {
                const [first, second] = ready[index] ?? [];
                if (!first) return null;
                return (
                  <div key={row.id} className="row" style={{ top: tops[index] }}>
                    {row.kind === 'strip' ? (
                      <Strip
                        points={first.series[0]?.points ?? []}
                        gaps={first.series[0]?.gaps ?? []}
                        from={from}
                        to={to}
                        tone={row.tone}
                        width={width}
                        left={LEFT}
                      />
                    ) : row.kind === 'series' ? (
                      plot(first, 'var(--color-series-1)', row.format, { threshold: row.threshold })
                    ) : (
                      <>
                        {plot(first, 'var(--color-series-1)', row.format)}
                        {second
                          ? plot(second, 'var(--color-series-2)', row.format, {
                              isFlipped: true,
                              margin: { top: 0, right: 0, bottom: 0, left: LEFT },
                            })
                          : null}
                      </>
                    )}
                  </div>
                );
              })}
            </>
          ) : null}
          {foldFlags(
            flags.filter(({ at }) => at >= from && at <= to),
            (flagPx / inner) * (to - from),
          ).map((group) => (
            <FlagLabel key={group.label} group={group} left={x(group.at)} top={21} />
          ))}
        </PlotFrame>
      </div>
      <div className="side">
        {rows.map((row, index) => {
          const top = tops[index] ?? 0;
          const [first, second] = ready[index] ?? [];
          if (!first) return null;
          if (row.kind === 'strip')
            return <StackValue key={row.id} prepared={first} format={count} tone={row.tone} top={top} />;
          return [
            <StackValue key={`${row.id} first`} prepared={first} format={row.format} top={top} />,
            second ? (
              <StackValue
                key={`${row.id} second`}
                prepared={second}
                format={row.format}
                top={top + plotHeight + 2}
              />
            ) : null,
          ];
        })}
      </div>
    </div>
  );
}
