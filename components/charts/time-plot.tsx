'use client';

import { memo } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import type { Margin } from './plot-frame.tsx';
import type { Point, Prepared } from './prepare.ts';

export type TimePlotProps = {
  prepared: Prepared;
  /** The same series at the time they are compared with, in the same order. */
  before?: Prepared | null;
  colors: readonly string[];
  width: number;
  height: number;
  margin: Margin;
  kind: 'area' | 'line';
  /** Grows downwards: what goes out, below what comes in. */
  isFlipped?: boolean;
  hasTimes?: boolean;
  formatTime: (at: number) => string;
  formatValue: (value: number) => string;
  threshold?: { value: number; label: string };
  isStale?: boolean;
  /** The series that is pointed at in the legend: the others step back. */
  lit?: number | null;
};

type Row = { t: number } & Record<string, number | null>;

/** Runs of a series between its gaps: each is drawn as a line of its own, so that no line crosses a gap. */
function runsOf(points: readonly Point[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point[1] === null) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs.filter((run) => run.length > 0);
}

/** Draws prepared series with Recharts. Everything that moves is drawn over it, so this is only drawn when data or size change. */
function TimePlot({
  prepared,
  before = null,
  colors,
  width,
  height,
  margin,
  kind,
  isFlipped = false,
  hasTimes = true,
  formatTime,
  formatValue,
  threshold,
  isStale = false,
  lit = null,
}: TimePlotProps) {
  const rows = new Map<number, Row>();
  const linesOf = (from: Prepared, prefix: string) =>
    from.series.flatMap((series, index) =>
      runsOf(series.points).map((run, place) => {
        const key = `${prefix}${index}-${place}`;
        for (const [at, value] of run) {
          const row: Row = rows.get(at) ?? { t: at };
          row[key] = value;
          rows.set(at, row);
        }
        return { key, index, color: colors[index] ?? 'var(--color-ink-4)', isDot: run.length === 1 };
      }),
    );
  const lines = linesOf(prepared, '');
  const pale = before ? linesOf(before, 'before-') : [];
  const data = [...rows.values()].sort((a, b) => a.t - b.t);
  const strength = (index: number) => (lit === null || lit === index ? 1 : 0.2);
  const hasArea = kind === 'area' && prepared.series.length <= 2;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={data}
      margin={{ top: margin.top, right: margin.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis
        dataKey="t"
        type="number"
        domain={[prepared.from, prepared.to]}
        ticks={prepared.xTicks}
        tickFormatter={formatTime}
        height={margin.bottom}
        tick={hasTimes}
        tickLine={false}
        axisLine={{ stroke: 'var(--color-line-strong)' }}
        orientation={isFlipped ? 'top' : 'bottom'}
        interval="preserveStartEnd"
        minTickGap={16}
        hide={margin.bottom === 0}
        allowDataOverflow
      />
      <YAxis
        type="number"
        domain={[0, prepared.yMax]}
        ticks={isFlipped ? prepared.yTicks.slice(1) : prepared.yTicks}
        tickFormatter={formatValue}
        width={margin.left}
        tickLine={false}
        axisLine={false}
        reversed={isFlipped}
        interval={0}
        allowDataOverflow
      />
      {prepared.gaps.map(([from, to]) => (
        <ReferenceArea key={from} x1={from} x2={to} fill="url(#p-gap)" fillOpacity={1} strokeOpacity={0} />
      ))}
      {threshold && threshold.value <= prepared.yMax ? (
        <ReferenceLine
          y={threshold.value}
          stroke="var(--color-warning)"
          strokeDasharray="5 3"
          label={{
            value: threshold.label,
            position: 'insideBottomLeft',
            fill: 'var(--color-warning)',
            fontSize: 11,
          }}
        />
      ) : null}
      {pale.map((line) => (
        <Line
          key={line.key}
          dataKey={line.key}
          type="linear"
          connectNulls
          stroke={line.color}
          strokeWidth={1.25}
          strokeOpacity={0.42 * strength(line.index)}
          isAnimationActive={false}
          dot={line.isDot}
          activeDot={false}
        />
      ))}
      {lines.map((line) =>
        hasArea ? (
          <Area
            key={line.key}
            dataKey={line.key}
            type="linear"
            connectNulls
            stroke={line.color}
            strokeWidth={1.5}
            strokeOpacity={(isStale ? 0.55 : 1) * strength(line.index)}
            fill={line.color}
            fillOpacity={(isStale ? 0.08 : 0.16) * strength(line.index)}
            isAnimationActive={false}
            dot={line.isDot}
            activeDot={false}
          />
        ) : (
          <Line
            key={line.key}
            dataKey={line.key}
            type="linear"
            connectNulls
            stroke={line.color}
            strokeWidth={1.5}
            strokeOpacity={(isStale ? 0.55 : 1) * strength(line.index)}
            isAnimationActive={false}
            dot={line.isDot}
            activeDot={false}
          />
        ),
      )}
    </ComposedChart>
  );
}

export default memo(TimePlot);
