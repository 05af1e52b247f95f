'use client';

import { ChevronDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatZone } from '#lib/format.ts';
import { momentOf } from '#lib/model/message-place.ts';
import { fromLocalText, localText } from './local-time.ts';
import { Cell } from './query-cell.tsx';

const HOUR = 3_600_000;

/** A whole second so long ago, as the address holds it. */
export const hoursAgo = (hours: number): string =>
  new Date(Math.floor((Date.now() - hours * HOUR) / 1000) * 1000).toISOString();

export function OffsetCell({
  at,
  error,
  onAt,
  hasFocus,
}: {
  at: string;
  error: string | undefined;
  onAt: (at: string) => void;
  /** It was just chosen, and nothing can be read before it is filled. */
  hasFocus: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [isNew] = useState(hasFocus);
  useEffect(() => {
    if (isNew) input.current?.focus();
  }, [isNew]);
  return (
    <Cell label="From offset" error={error}>
      {(id) => (
        <input
          ref={input}
          id={id}
          className="name w-[150px] bg-transparent leading-[18px] outline-none"
          value={at}
          onChange={(event) => onAt(event.target.value)}
          inputMode="numeric"
          placeholder="In every partition"
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
      )}
    </Cell>
  );
}

/** A moment in the zone of the page; the address holds it in UTC. */
export function TimeCell({
  at,
  error,
  onAt,
  onPick,
}: {
  at: string;
  error: string | undefined;
  onAt: (at: string) => void;
  onPick: (at: string) => void;
}) {
  const zone = useZone();
  const ms = momentOf(at);
  const written = ms === null ? '' : localText(ms, zone);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  return (
    <Cell label={`From, ${formatZone(ms ?? 0, zone)}`} error={error}>
      {(id) => (
        <span className="inline-flex items-center gap-1">
          <input
            id={id}
            type="datetime-local"
            step="1"
            className="bg-surface leading-[18px] outline-none"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              const moment = fromLocalText(event.target.value, zone);
              onAt(moment === null ? '' : new Date(moment).toISOString());
            }}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
          />
          <Menu
            align="end"
            trigger={
              <button
                type="button"
                className="inline-flex size-5 items-center justify-center"
                aria-label="Choose how long ago"
              >
                <ChevronDown className="ic text-ink-3" aria-hidden="true" />
              </button>
            }
          >
            {[
              [0.25, '15 minutes ago'],
              [1, 'An hour ago'],
              [6, '6 hours ago'],
              [24, 'A day ago'],
              [168, 'A week ago'],
            ].map(([hours, label]) => (
              <MenuItem key={label} onSelect={() => onPick(hoursAgo(Number(hours)))}>
                {label}
              </MenuItem>
            ))}
          </Menu>
        </span>
      )}
    </Cell>
  );
}
