'use client';

import type { PointerEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useZone } from '#components/values/clock.tsx';
import { formatTime } from '#lib/format.ts';
import { useCursor, useSetCursor } from './cursor.tsx';
import type { Flag, FlagGroup } from './flags.ts';
import { foldFlags } from './flags.ts';
import { fixedRange } from './range.ts';
import { useRange } from './use-range.ts';

export type Margin = { top: number; right: number; bottom: number; left: number };

/** Width of an element, followed as it changes; 0 before it is known. */
export function useWidth(): [ref: React.RefObject<HTMLDivElement | null>, width: number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

/** The line of the cursor, with its time above and a dot on each series. */
function Cursor({
  x,
  margin,
  height,
  hasTime,
  dots,
}: {
  x: (at: number) => number;
  margin: Margin;
  height: number;
  hasTime: boolean;
  dots?: (at: number) => { y: number; color: string }[];
}) {
  const at = useCursor();
  const zone = useZone();
  if (at === null) return null;
  const left = x(at);
  return (
    <>
      <span
        className="cursor"
        style={{ left, top: margin.top, height: height - margin.top - margin.bottom }}
      />
      {dots?.(at).map((dot) => (
        <span
          key={dot.color}
          className="dot"
          style={{ left: left + 0.5, top: dot.y, background: dot.color }}
        />
      ))}
      {hasTime ? (
        <span className="at" style={{ left: left + 3 }}>
          {formatTime(at, zone)}
        </span>
      ) : null}
    </>
  );
}

/** Width that one letter takes, px. */
export const flagPx = 16;

/** The letter of a flag, or those of several that stand together, on the ruler. */
export function FlagLabel({ group, left, top }: { group: FlagGroup; left: number; top: number }) {
  return (
    <span className={`flag fold ${group.severity}`} style={{ left, top }} title={group.title}>
      {group.label}
    </span>
  );
}

/**
 * What stands over a plot: flags, the shared cursor, and the range that is being dragged. The plot inside has the same margins.
 */
export function PlotFrame({
  from,
  to,
  width,
  height,
  margin,
  label,
  flags = [],
  hasFlagLetters = true,
  hasCursorTime = true,
  dots,
  children,
}: {
  from: number;
  to: number;
  width: number;
  height: number;
  margin: Margin;
  /** One sentence; the values stand in the table beside. */
  label: string;
  flags?: readonly Flag[];
  hasFlagLetters?: boolean;
  hasCursorTime?: boolean;
  dots?: (at: number) => { y: number; color: string }[];
  children: ReactNode;
}) {
  const setCursor = useSetCursor();
  const [, setRange] = useRange();
  const [drag, setDrag] = useState<[start: number, end: number] | null>(null);
  const inner = Math.max(1, width - margin.left - margin.right);
  const x = (at: number) => margin.left + ((at - from) / (to - from)) * inner;
  const timeOf = (event: PointerEvent<HTMLDivElement>) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left;
    return from + (Math.min(inner, Math.max(0, left)) / inner) * (to - from);
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const at = timeOf(event);
    setCursor(at);
    if (drag) setDrag([drag[0], at]);
  };
  const drop = () => {
    if (drag) {
      const [start, end] = [Math.min(...drag), Math.max(...drag)];
      if (((end - start) / (to - from)) * inner > 8) setRange(fixedRange(start, end));
    }
    setDrag(null);
  };
  const inRange = flags.filter(({ at }) => at >= from && at <= to);
  const box = { top: margin.top, height: height - margin.top - margin.bottom };
  return (
    <div
      className="plot"
      style={{ height }}
      role="img"
      aria-label={label}
      onPointerMove={move}
      onPointerLeave={() => {
        setCursor(null);
        setDrag(null);
      }}
      onPointerDown={(event) => {
        if (event.button === 0 && event.pointerType !== 'touch') setDrag([timeOf(event), timeOf(event)]);
      }}
      onPointerUp={drop}
    >
      {children}
      <div className="over">
        {inRange.map((flag) => (
          <span
            key={flag.letter}
            className={`event ${flag.severity}`}
            style={{
              left: x(flag.at),
              top: hasFlagLetters ? 0 : box.top,
              height: box.height + (hasFlagLetters ? box.top : 0),
            }}
          ></span>
        ))}
        {hasFlagLetters
          ? foldFlags(inRange, (flagPx / inner) * (to - from)).map((group) => (
              <FlagLabel key={group.label} group={group} left={x(group.at)} top={0} />
            ))
          : null}
        {drag ? (
          <span
            className="drag"
            style={{ ...box, left: x(Math.min(...drag)), width: Math.abs(x(drag[1]) - x(drag[0])) }}
          />
        ) : null}
        <Cursor x={x} margin={margin} height={height} hasTime={hasCursorTime} dots={dots} />
      </div>
    </div>
  );
}
