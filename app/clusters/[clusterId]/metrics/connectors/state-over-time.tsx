'use client';

import { useMemo } from 'react';
import { ChartStack, type StackRow } from '#components/charts/chart-stack.tsx';
import type { ChartSeries } from '#components/charts/palette.ts';
import type { Point } from '#components/charts/prepare.ts';

/** 1 wherever `is` holds: what a strip is filled by. */
const where = (points: readonly Point[], is: (value: number) => boolean): Point[] =>
  points.map(([at, value]) => [at, value === null ? null : is(value) ? 1 : 0]);

/** When connectors had failed, and when they were paused or stopped, as strips. */
export function StateOverTime({
  series,
  from,
  to,
  label,
}: {
  /** Of `connector.state`: 1 runs, 0.5 paused, 0 failed. */
  series: readonly ChartSeries[];
  from: number;
  to: number;
  label: string;
}) {
  const rows = useMemo(
    (): StackRow[] =>
      series.flatMap((one): StackRow[] => [
        {
          kind: 'strip',
          id: `${one.id} failed`,
          label: 'Failed',
          tone: 'critical',
          series: { ...one, points: where(one.points, (value) => value < 0.5) },
        },
        {
          kind: 'strip',
          id: `${one.id} paused`,
          label: 'Paused, stopped',
          tone: 'warning',
          series: { ...one, points: where(one.points, (value) => value >= 0.5 && value < 1) },
        },
      ]),
    [series],
  );
  return <ChartStack rows={rows} from={from} to={to} label={label} />;
}
