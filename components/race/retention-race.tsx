'use client';

import { timeTicks, zoneOffset } from '#components/charts/prepare.ts';
import { useZone } from '#components/values/clock.tsx';
import { formatTime, formatWhen } from '#lib/format.ts';
import type { RacePace } from './race.tsx';
import type { RacePlace } from './race-position.ts';

/** What stands at one end of the race: its name, and below it a time or an offset. */
export type RaceMark = { title: string; detail: string };

/**
 * The race of one partition at the width of the page: what retention deletes next at the left, now at the right, the notch of the
 * oldest unread record between them, and a time ruler below where the place is one of time.
 */
export function RetentionRace({
  place,
  now,
  edge,
  unread,
  end,
  inside,
  label,
  note,
}: {
  place: RacePlace;
  now: number;
  edge: RaceMark;
  /** Left out when nothing is unread. */
  unread: RaceMark | null;
  end: RaceMark;
  /** What is unread, in words, drawn on it or beside it. */
  inside: string;
  /** The whole of it as a sentence. */
  label: string;
  note?: string;
}) {
  const at = place.position ?? 0;
  const percent = `${(at * 100).toFixed(2)}%`;
  const isRoomy = 1 - at > 0.45;
  const isLosing = place.pace === 'losing';
  return (
    <div className="big-race" role="img" aria-label={label}>
      <div className="heads">
        {place.hasNoEdge || place.position === null ? <span /> : <Head mark={edge} style={{ left: 0 }} />}
        {unread && place.position !== null ? (
          <Head
            mark={unread}
            style={
              at < 0.6
                ? {
                    left:
                      at < 0.02 && !place.hasNoEdge
                        ? '150px'
                        : `max(${percent}, ${place.hasNoEdge ? 0 : 150}px)`,
                  }
                : { right: `max(${((1 - at) * 100).toFixed(2)}%, 176px)`, textAlign: 'right' }
            }
          />
        ) : null}
        <Head mark={end} style={{ right: 0, textAlign: 'right' }} />
      </div>
      <div className="banks">
        {isLosing && at > 0.004 ? <div className="left-time" style={{ width: percent }} /> : null}
        {place.position === null ? (
          <div className="nowhere" />
        ) : (
          <div className={`unread ${place.pace satisfies RacePace}`} style={{ left: percent }} />
        )}
        {isLosing && at > 0.035 ? (
          <svg className="arrow" viewBox="0 0 26 12" aria-hidden="true">
            <path d="M1 6H23M18 1.5L23 6L18 10.5" fill="none" stroke="currentColor" strokeWidth="1.8" />
          </svg>
        ) : null}
        {place.hasNoEdge || place.position === null ? null : <i className="post" style={{ left: 0 }} />}
        {place.position === null ? null : <i className="notch" style={{ left: percent }} />}
        <i className="post" style={{ right: 0 }} />
        <span
          className={isRoomy && place.position !== null ? `say on ${place.pace}` : 'say'}
          style={
            place.position === null
              ? { left: '50%', transform: 'translateX(-50%)' }
              : isRoomy
                ? { left: `${((at + (1 - at) / 2) * 100).toFixed(2)}%`, transform: 'translateX(-50%)' }
                : { right: `calc(${((1 - at) * 100).toFixed(2)}% + 10px)` }
          }
        >
          {inside}
        </span>
      </div>
      {place.windowMs === null ? null : <Ruler from={now - place.windowMs} to={now} />}
      {note ? <p className="note">{note}</p> : null}
    </div>
  );
}

function Head({ mark, style }: { mark: RaceMark; style: React.CSSProperties }) {
  return (
    <span style={style}>
      <b>{mark.title}</b>
      {mark.detail}
    </span>
  );
}

const day = 86_400_000;

function Ruler({ from, to }: { from: number; to: number }) {
  const zone = useZone();
  const ticks = timeTicks(from, to, 7, zoneOffset(to, zone)).map((at) => ({
    at,
    share: (at - from) / (to - from),
  }));
  return (
    <div className="ruler">
      {ticks
        .filter(({ share }) => share > 0.02 && share < 0.98)
        .map(({ at, share }) => (
          <span key={at} style={{ left: `${(share * 100).toFixed(2)}%` }}>
            {to - from > 2 * day
              ? formatWhen(at, at + 2 * day, zone).replace(/ 00:00$/, '')
              : formatTime(at, zone, to - from < 300_000 ? 's' : 'min')}
          </span>
        ))}
    </div>
  );
}
