'use client';

import { type PointerEvent, useState } from 'react';
import { axisTime } from '#components/charts/axis.ts';
import { heatStep } from '#components/charts/heat-strip.tsx';
import { useWidth } from '#components/charts/plot-frame.tsx';
import { timeTicks, zoneOffset } from '#components/charts/prepare.ts';
import { Button } from '#components/ui/button.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatCount, formatCountOf, formatDateTime, formatDuration } from '#lib/format.ts';
import { betweenBars, type HistogramShape } from './histogram-shape.ts';
import { HistogramTable } from './histogram-table.tsx';

const left = 44;
const right = 8;
const top = 6;
const base = 62;
const stripTop = 65;
const stripHeight = 5;
const height = 88;
/** A drag that is shorter is a press. */
const leastDrag = 6;

/**
 * What a search found over time. Bars count matches; the strip below them, by how deep it is, what was looked at; what is not searched
 * yet is hatched. Dragging narrows the search to a time, and so do the rows of its table.
 */
export function SearchHistogram({
  shape,
  onNarrow,
}: {
  shape: HistogramShape;
  onNarrow: (fromMs: number, toMs: number) => void;
}) {
  const zone = useZone();
  const [ref, width] = useWidth();
  const [pointer, setPointer] = useState<number | null>(null);
  const [drag, setDrag] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const { fromMs, toMs, bars, bucketMs, mostMatched, mostScanned, unsearched } = shape;
  const inner = Math.max(1, width - left - right);
  const x = (at: number) => left + ((at - fromMs) / (toMs - fromMs)) * inner;
  const timeAt = (event: PointerEvent<SVGSVGElement>) => {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left - left;
    return fromMs + (Math.min(inner, Math.max(0, place)) / inner) * (toMs - fromMs);
  };
  const drop = (at: number) => {
    if (drag !== null && Math.abs(x(at) - x(drag)) > leastDrag) {
      const between = betweenBars(shape, drag, at);
      onNarrow(between.fromMs, between.toMs);
    }
    setDrag(null);
  };
  const bar = Math.max(1, (bucketMs / (toMs - fromMs)) * inner);
  const gap = bar > 4 ? 1.5 : bar > 2 ? 0.5 : 0;
  const tick = axisTime(fromMs, toMs, zone);
  const near =
    pointer === null
      ? undefined
      : bars.find((each) => each.atMs <= pointer && pointer < each.atMs + bucketMs);
  const matched = bars.reduce((sum, each) => sum + each.matched, 0);
  const label = `${formatCountOf(matched, 'match', 'matches')} between ${formatDateTime(fromMs, zone)} and ${formatDateTime(toMs, zone)}${
    unsearched
      ? `; from ${formatDateTime(unsearched.fromMs, zone)} to ${formatDateTime(unsearched.toMs, zone)} is not searched yet`
      : ''
  }`;
  return (
    <section aria-label="Matches over time" className="mb-2">
      <div ref={ref} className="plot" style={{ height }}>
        {width > 0 ? (
          <svg
            width={width}
            height={height}
            className="block cursor-crosshair"
            role="img"
            aria-label={label}
            onPointerMove={(event) => setPointer(timeAt(event))}
            onPointerLeave={() => {
              setPointer(null);
              setDrag(null);
            }}
            onPointerDown={(event) => {
              if (event.button === 0 && event.pointerType !== 'touch') setDrag(timeAt(event));
            }}
            onPointerUp={(event) => drop(timeAt(event))}
          >
            <text x={left - 8} y={top + 5} textAnchor="end">
              {formatCount(Math.max(1, mostMatched))}
            </text>
            <text x={left - 8} y={base} textAnchor="end">
              0
            </text>
            <path d={`M${left} ${top + 0.5}H${width - right}`} stroke="var(--color-line)" />
            {unsearched ? (
              <rect
                x={x(unsearched.fromMs)}
                y={2}
                width={x(unsearched.toMs) - x(unsearched.fromMs)}
                height={base - 2}
                fill="url(#p-gap)"
                opacity={0.8}
              />
            ) : null}
            {bars.map((each) => (
              <g key={each.atMs}>
                {each.matched > 0 ? (
                  <rect
                    x={x(each.atMs)}
                    y={base - barHeight(each.matched, mostMatched)}
                    width={Math.max(1, bar - gap)}
                    height={barHeight(each.matched, mostMatched)}
                    fill="var(--color-series-1)"
                  />
                ) : null}
                {each.scanned > 0 ? (
                  <rect
                    x={x(each.atMs)}
                    y={stripTop}
                    width={bar}
                    height={stripHeight}
                    fill={`var(--color-heat-${heatStep(each.scanned, mostScanned)})`}
                  />
                ) : null}
              </g>
            ))}
            <path d={`M${left} ${base + 0.5}H${width - right}`} stroke="var(--color-line-strong)" />
            {unsearched ? <Edge shape={shape} unsearched={unsearched} x={x} width={width} /> : null}
            {timeTicks(
              fromMs,
              toMs,
              Math.max(2, Math.min(7, Math.floor(width / 150))),
              zoneOffset(fromMs, zone),
            ).map((at) => (
              <text
                key={at}
                x={Math.min(x(at), width - right)}
                y={height - 4}
                textAnchor={x(at) > width - right - 20 ? 'end' : 'middle'}
              >
                {tick(at)}
              </text>
            ))}
            {drag !== null && pointer !== null ? (
              <rect
                x={Math.min(x(drag), x(pointer))}
                y={0}
                width={Math.abs(x(pointer) - x(drag))}
                height={base}
                fill="var(--color-water)"
                opacity={0.18}
              />
            ) : null}
            {pointer === null ? null : (
              <path d={`M${x(pointer)} 0V${stripTop + stripHeight}`} stroke="var(--color-ink)" />
            )}
          </svg>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pl-11 text-2xs text-ink-3">
        <span>
          <i
            className="swatch"
            style={{ background: 'var(--color-series-1)', height: 8, verticalAlign: 0 }}
          />
          Matches per {formatDuration(bucketMs)}
        </span>
        <span>
          <i className="swatch" style={{ background: 'var(--color-heat-4)', height: 5, verticalAlign: 1 }} />
          Looked at, most {formatCount(mostScanned)}
        </span>
        <span aria-live="off" className="text-ink-2">
          {near
            ? `${tick(near.atMs)} to ${tick(near.atMs + bucketMs)}: ${formatCount(near.matched)} of ${formatCountOf(near.scanned, 'record', 'records')}`
            : null}
        </span>
        <span className="ml-auto flex items-center gap-3">
          <span className="max-tablet:hidden">Drag to narrow</span>
          <Button size="sm" variant="bare" aria-expanded={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? 'Hide the table' : 'As a table'}
          </Button>
        </span>
      </div>
      {isTable ? <HistogramTable shape={shape} onNarrow={onNarrow} /> : null}
    </section>
  );
}

const barHeight = (count: number, most: number): number =>
  Math.max(2, (count / Math.max(1, most)) * (base - top - 2));

/** Where the search stands, and that beyond it nothing is known. */
function Edge({
  shape,
  unsearched,
  x,
  width,
}: {
  shape: HistogramShape;
  unsearched: { fromMs: number; toMs: number };
  x: (at: number) => number;
  width: number;
}) {
  const isAhead = unsearched.toMs === shape.toMs;
  const at = x(isAhead ? unsearched.fromMs : unsearched.toMs);
  const room = x(unsearched.toMs) - x(unsearched.fromMs);
  return (
    <>
      <path d={`M${at} 0V${base + 2}`} stroke="var(--color-water)" strokeWidth={1.5} />
      {room > 110 && width > 320 ? (
        <text
          x={isAhead ? at + 6 : at - 6}
          y={14}
          textAnchor={isAhead ? 'start' : 'end'}
          style={{ fill: 'var(--color-ink-2)' }}
        >
          not searched yet
        </text>
      ) : null}
    </>
  );
}
