'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { useCallback, useMemo, useState } from 'react';
import { useZone } from '#components/values/clock.tsx';
import type { Quantity } from '#lib/format.ts';
import { axisScale, axisTime } from './axis.ts';
import { ChartLegend } from './chart-legend.tsx';
import type { Flag } from './flags.ts';
import type { ChartSeries } from './palette.ts';
import { colorOf } from './palette.ts';
import type { Margin } from './plot-frame.tsx';
import { PlotFrame, useWidth } from './plot-frame.tsx';
import { prepare, valueAt } from './prepare.ts';

const TimePlot = dynamic(() => import('./time-plot.tsx'), { ssr: false });

const margin: Margin = { top: 22, right: 8, bottom: 22, left: 44 };

export type TimeChartProps = {
  /** Without the unit, which is added as the axis has it: `Messages in` becomes `Messages in, per second`. */
  title: string;
  note?: ReactNode;
  series: readonly ChartSeries[];
  from: number;
  to: number;
  /** Area only for one or two series. */
  kind?: 'area' | 'line';
  /** Writes a value with its unit, for the legend. */
  format: (value: number) => Quantity;
  height?: number;
  flags?: readonly Flag[];
  /** Dashed, labelled with its rule. */
  threshold?: { value: number; label: string };
  hasLegend?: boolean;
  /** What the pale lines are: `A day before`. */
  beforeWords?: string | null;
  /** What can be done with the chart, at the right end of its head. */
  end?: ReactNode;
  /** Said where there is nothing: why, and since when data exists. */
  emptySentence?: string;
};

/** Series over time: lines with hatched gaps, flags, the shared cursor, and the table of its values. */
export function TimeChart({
  title,
  note,
  series,
  from,
  to,
  kind = 'line',
  format,
  height = 168,
  flags,
  threshold,
  hasLegend = true,
  beforeWords,
  end,
  emptySentence = 'No sample in this range.',
}: TimeChartProps) {
  const zone = useZone();
  const [ref, width] = useWidth();
  const [lit, setLit] = useState<number | null>(null);
  const [prepared, before] = useMemo(() => {
    const options = { from, to, zone, maxPoints: Math.max(60, width), xCount: width < 480 ? 4 : 6 };
    const earlier = series.map(({ id, name, before: points = [] }) => ({ id, name, points }));
    const pale = series.some((each) => each.before) ? prepare(earlier, options) : null;
    // Both have one axis: its top is the highest of either.
    const highest = Math.max(0, ...(pale?.series.map((each) => each.most ?? 0) ?? []));
    return [prepare(series, { ...options, atLeast: Math.max(threshold?.value ?? 0, highest) }), pale];
  }, [series, from, to, zone, threshold?.value, width]);
  const colors = useMemo(() => series.map(colorOf), [series]);
  const time = useCallback((at: number) => axisTime(from, to, zone)(at), [from, to, zone]);
  const scale = useMemo(() => axisScale(prepared.yMax, format), [prepared.yMax, format]);
  const named = scale.unit && !prepared.isEmpty ? `${title}, ${scale.unit}` : title;
  const inner = height - margin.top - margin.bottom;
  const dots = (at: number) =>
    prepared.series.flatMap((each, index) => {
      const value = valueAt(each, at);
      const color = colors[index];
      return value === null || !color ? [] : [{ y: margin.top + inner * (1 - value / prepared.yMax), color }];
    });
  const isStale =
    !prepared.isEmpty && prepared.series.every((each) => each.now === null) && to > Date.now() - 600_000;
  return (
    <section className="min-w-0" aria-label={title}>
      <div className="chart-head">
        <h3>{named}</h3>
        {note || end ? (
          <span className="note">
            {note}
            {end}
          </span>
        ) : null}
      </div>
      <div ref={ref}>
        <PlotFrame
          from={from}
          to={to}
          width={width}
          height={height}
          margin={margin}
          label={`${named}. ${prepared.isEmpty ? emptySentence : 'The values stand in the table below.'}`}
          flags={flags}
          dots={dots}
        >
          {width > 0 ? (
            <TimePlot
              prepared={prepared.isEmpty ? { ...prepared, gaps: [] } : prepared}
              before={before}
              colors={colors}
              width={width}
              height={height}
              margin={margin}
              kind={kind}
              formatTime={time}
              formatValue={scale.tick}
              threshold={threshold}
              isStale={isStale}
              lit={series.length > 1 ? lit : null}
            />
          ) : null}
          {prepared.isEmpty ? (
            <div
              className="say"
              style={{ inset: `${margin.top}px ${margin.right}px ${margin.bottom}px ${margin.left}px` }}
            >
              <span>{emptySentence}</span>
            </div>
          ) : null}
        </PlotFrame>
      </div>
      {hasLegend && series.length > 0 ? (
        <ChartLegend
          series={series}
          prepared={prepared}
          before={before}
          beforeWords={beforeWords}
          format={format}
          caption={named}
          onLit={setLit}
        />
      ) : null}
    </section>
  );
}
