'use client';

import { axisTime } from '#components/charts/axis.ts';
import { useWidth } from '#components/charts/plot-frame.tsx';
import { prepare, timeTicks, valueTicks, zoneOffset } from '#components/charts/prepare.ts';
import { useSeries } from '#components/charts/use-series.ts';
import { lagSlope, meetsAt } from '#components/group/lag-forecast.ts';
import { placeOf } from '#components/race/race-position.ts';
import { Bank } from '#components/ui/section.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatDuration, formatTime } from '#lib/format.ts';
import type { GroupDetail, GroupPartitionRow } from '#lib/model/group.ts';

const height = 150;
const margin = { top: 14, right: 8, bottom: 22, left: 40 };

const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
  { name: 'ms', ms: 1 },
] as const;

/** Lag in time over the page's range, with what retention allows and where it goes if nothing changes. */
export function RetentionChart({
  clusterId,
  group,
  row,
}: {
  clusterId: string;
  group: GroupDetail;
  row: GroupPartitionRow;
}) {
  const { live, series, from, to, emptySentence } = useSeries({
    clusterId,
    lines: [{ kind: 'group.lag-time', name: group.groupId }],
    isCompared: false,
  });
  const points = series[0]?.points ?? [];
  const { windowMs } = placeOf(row);
  const isNow = to > Date.now() - 120_000;
  const last = points.findLast((point) => point[1] !== null);
  const meets =
    isNow && windowMs !== null && last
      ? meetsAt(last[0], last[1] ?? 0, lagSlope(points, from, to), windowMs)
      : null;
  const isNear = meets !== null && meets - to < (to - from) * 0.6;
  return (
    <Bank
      title={windowMs === null ? 'Lag in time' : 'Lag against retention'}
      note={isNear ? 'dotted: if nothing changes' : 'of the partition furthest behind'}
      isPadded
    >
      {live.data ? (
        <Plot
          points={points}
          from={from}
          to={to}
          windowMs={windowMs}
          meets={isNear ? meets : null}
          emptySentence={emptySentence}
        />
      ) : (
        <div style={{ height }} aria-busy="true" />
      )}
    </Bank>
  );
}

function Plot({
  points,
  from,
  to,
  windowMs,
  meets,
  emptySentence,
}: {
  points: readonly (readonly [number, number | null])[];
  from: number;
  to: number;
  windowMs: number | null;
  meets: number | null;
  emptySentence: string;
}) {
  const zone = useZone();
  const [ref, width] = useWidth();
  const until = meets === null ? to : meets + (meets - from) * 0.04;
  const prepared = prepare([{ id: 'lag', name: 'Lag in time', points }], { from, to, zone });
  const [line] = prepared.series;
  const most = line?.most ?? 0;
  const hasLimit = windowMs !== null && (meets !== null || most > windowMs * 0.2);
  const top = Math.max(most, hasLimit ? (windowMs ?? 0) : 0, 1000);
  const unit = units.find((each) => top >= each.ms) ?? units[4];
  const yTicks = valueTicks((top * (hasLimit ? 1.12 : 1)) / unit.ms).map((tick) => tick * unit.ms);
  const yMax = yTicks.at(-1) || 1;
  const x = (at: number) =>
    margin.left + ((at - from) / (until - from)) * (width - margin.left - margin.right);
  const y = (ms: number) => margin.top + (1 - ms / yMax) * (height - margin.top - margin.bottom);
  const foot = height - margin.bottom;
  const end = line?.points.findLast((point) => point[1] !== null);
  const label = sentence(most, end?.[1] ?? null, windowMs, meets, zone);
  const path = (line?.points ?? [])
    .map(([at, value], i, all) =>
      value === null
        ? ''
        : `${i === 0 || all[i - 1]?.[1] === null ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join('');
  return (
    <div ref={ref} className="plot" style={{ height }}>
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-label={label}>
          {yTicks.map((tick) => (
            <g key={tick}>
              <path
                d={`M${margin.left} ${y(tick)}H${width - margin.right}`}
                stroke={tick === 0 ? 'var(--color-line-strong)' : 'var(--color-line)'}
              />
              <text x={margin.left - 6} y={y(tick) + 4} textAnchor="end">
                {Number((tick / unit.ms).toPrecision(3))} {unit.name}
              </text>
            </g>
          ))}
          {prepared.gaps.map(([a, b]) => (
            <rect
              key={a}
              x={x(a)}
              y={margin.top}
              width={Math.max(0, x(b) - x(a))}
              height={foot - margin.top}
              fill="url(#p-gap)"
            />
          ))}
          {timeTicks(from, to, 4, zoneOffset(to, zone))
            .filter((at) => x(at) > margin.left + 8 && x(at) < (meets === null ? width - 14 : x(meets) - 44))
            .map((at) => (
              <text key={at} x={x(at)} y={height - 7} textAnchor="middle">
                {axisTime(from, to, zone)(at)}
              </text>
            ))}
          {hasLimit && windowMs !== null ? (
            <>
              <path
                d={`M${margin.left} ${y(windowMs)}H${width - margin.right}`}
                stroke="var(--color-critical-solid)"
                strokeDasharray="5 3"
              />
              <text x={margin.left + 4} y={y(windowMs) - 4} style={{ fill: 'var(--color-critical)' }}>
                retention {formatDuration(windowMs)}
              </text>
            </>
          ) : null}
          <path d={path} fill="none" stroke="var(--color-series-1)" strokeWidth="1.6" />
          {meets !== null && end && windowMs !== null ? (
            <>
              <path
                d={`M${x(end[0])} ${y(end[1] ?? 0)}L${x(meets)} ${y(windowMs)}`}
                stroke="var(--color-critical-solid)"
                strokeWidth="1.6"
                strokeDasharray="2 2"
              />
              <path d={`M${x(end[0])} ${margin.top}V${foot}`} stroke="var(--color-ink)" opacity=".5" />
              <rect
                x={x(meets) - 4}
                y={y(windowMs) - 4}
                width="8"
                height="8"
                fill="var(--color-critical-solid)"
              />
              <text
                x={width - margin.right}
                y={height - 7}
                textAnchor="end"
                style={{ fill: 'var(--color-critical)' }}
              >
                {formatTime(meets, zone, 'min')}
              </text>
            </>
          ) : null}
        </svg>
      ) : null}
      {prepared.isEmpty ? (
        <div className="say" style={{ left: margin.left, right: 0, top: margin.top, bottom: margin.bottom }}>
          <span>{emptySentence}</span>
        </div>
      ) : null}
    </div>
  );
}

function sentence(
  most: number,
  now: number | null,
  windowMs: number | null,
  meets: number | null,
  zone: string,
): string {
  const parts = [
    now === null
      ? 'Lag in time is not known'
      : `Lag in time is ${formatDuration(now)}, at most ${formatDuration(most)} in this range`,
    windowMs === null ? null : `retention is ${formatDuration(windowMs)}`,
    meets === null ? null : `they meet at ${formatTime(meets, zone, 'min')} if nothing changes`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
