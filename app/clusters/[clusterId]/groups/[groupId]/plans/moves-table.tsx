'use client';

import { useState } from 'react';
import { useZone } from '#components/values/clock.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import { formatCount, formatDateTime, formatDay, formatTime } from '#lib/format.ts';
import type { NextRecord, OffsetMove } from '#lib/model/offset-reset.ts';

const shown = 100;

/** From where to where each partition moves, what it reads next, and how far behind it is then. */
export function MovesTable({ moves }: { moves: readonly OffsetMove[] }) {
  const [isWhole, setWhole] = useState(false);
  const isMany = new Set(moves.map(({ topic }) => topic)).size > 1;
  const rows = isWhole ? moves : moves.slice(0, shown);
  return (
    <div className="tw max-h-[336px] overflow-y-auto">
      <table className="dt dense sticky-head">
        <caption className="vh">What will happen to each partition</caption>
        <thead>
          <tr>
            {isMany ? <th scope="col">Topic</th> : null}
            <th scope="col" className="num">
              Part.
            </th>
            <th scope="col" className="num">
              From
            </th>
            <th scope="col" className="num">
              To
            </th>
            <th scope="col" className="num">
              Change
            </th>
            <th scope="col">Next record it will read</th>
            <th scope="col" className="num">
              Then behind
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((move) => (
            <tr key={`${move.topic}/${move.partition}`}>
              {isMany ? (
                <td className="clip name" style={{ width: '24%' }} title={move.topic}>
                  <ObjectName name={move.topic} />
                </td>
              ) : null}
              <td className="num">{move.partition}</td>
              <td className="num mono text-ink-2">
                {move.from === null ? (
                  <span className="font-sans text-ink-3">Never</span>
                ) : (
                  <Count value={move.from} />
                )}
              </td>
              <td className="num mono" title={clampWords(move)}>
                {move.to === null ? (
                  <span className="font-sans text-ink-3">Taken away</span>
                ) : (
                  <b>
                    <Count value={move.to} />
                  </b>
                )}
                {move.asked === null ? null : <span className="u font-sans">clamped</span>}
              </td>
              <td className="num text-ink-2">{changeOf(move)}</td>
              <td className="clip" style={{ width: isMany ? '26%' : '40%' }}>
                <Next next={move.next} />
              </td>
              <td className="num">
                {move.lagMessages === null ? (
                  <span className="text-ink-3">Not known</span>
                ) : (
                  <Count value={move.lagMessages} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moves.length > rows.length ? (
        <button type="button" className="link my-1.5 ml-2 text-xs" onClick={() => setWhole(true)}>
          Show all {formatCount(moves.length)} partitions
        </button>
      ) : null}
    </div>
  );
}

const clampWords = (move: OffsetMove): string | undefined =>
  move.asked === null
    ? undefined
    : `Offset ${formatCount(move.asked)} was asked for; the log holds ${formatCount(move.startOffset)} up to ${formatCount(move.endOffset)}.`;

function changeOf({ delta }: OffsetMove) {
  if (delta === null) return '';
  return delta.startsWith('-') ? formatCount(delta) : `+${formatCount(delta)}`;
}

function Next({ next }: { next: NextRecord }) {
  const zone = useZone();
  if (next.kind === 'end') return <span className="text-ink-3">The next one that is written</span>;
  if (next.kind === 'unknown')
    return (
      <span className="text-ink-3" title={next.why}>
        {next.why}
      </span>
    );
  return (
    <span title={formatDateTime(next.timestampMs, zone, 'ms')}>
      {next.isKeyMasked ? (
        <span className="text-ink-3">key masked</span>
      ) : next.key === null ? (
        <span className="text-ink-3">no key</span>
      ) : (
        <span className="name">{next.key}</span>
      )}{' '}
      <span className="text-xs text-ink-3">
        {isToday(next.timestampMs) ? '' : `${formatDay(next.timestampMs, zone)} `}
        {formatTime(next.timestampMs, zone, 'ms')}
      </span>
    </span>
  );
}

const isToday = (at: number): boolean => Math.abs(Date.now() - at) < 20 * 3_600_000;
