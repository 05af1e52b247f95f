'use client';

import type { Instant } from '#lib/format.ts';
import {
  formatAge,
  formatClock,
  formatDateTime,
  formatDuration,
  formatTime,
  formatWhen,
} from '#lib/format.ts';
import { useNow, useZone } from './clock.tsx';

const iso = (at: Instant): string | undefined => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

/** A moment: relative up to 24 hours, absolute otherwise, the whole of it on hover. */
export function TimeAgo({ at, className }: { at: Instant; className?: string }) {
  const now = useNow();
  const zone = useZone();
  return (
    <time dateTime={iso(at)} title={formatDateTime(at, zone)} className={className}>
      {formatWhen(at, now, zone)}
    </time>
  );
}

/** A time of day (`02:41:07`) with the day and zone on hover; `withAge` adds `, 31 min`. */
export function ClockTime({
  at,
  withAge,
  precision = 's',
}: {
  at: Instant;
  withAge?: boolean;
  precision?: 'min' | 's' | 'ms';
}) {
  const now = useNow();
  const zone = useZone();
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time dateTime={iso(at)} title={formatDateTime(at, zone, precision)}>
      {now - ms >= 86_400_000 ? formatWhen(at, now, zone) : formatTime(at, zone, precision)}
      {withAge ? `, ${formatAge(now - ms)}` : ''}
    </time>
  );
}

/** A whole moment with day and zone, relative on hover. */
export function DateTime({ at, precision = 's' }: { at: Instant; precision?: 'min' | 's' | 'ms' }) {
  const now = useNow();
  const zone = useZone();
  return (
    <time dateTime={iso(at)} title={formatWhen(at, now, zone)}>
      {formatDateTime(at, zone, precision)}
    </time>
  );
}

/** How long something lasts already: `31 min`. */
export function Age({ since }: { since: Instant }) {
  const now = useNow();
  const zone = useZone();
  const ms = typeof since === 'number' ? since : Date.parse(since);
  return <span title={formatDateTime(since, zone)}>{formatAge(now - ms)}</span>;
}

/** A length of time: `5 h 08 min`. */
export function Duration({ ms }: { ms: number }) {
  return <>{formatDuration(ms)}</>;
}

/** The clock that runs out at `until`: mm:ss, for data loss only. */
export function LossClock({ until }: { until: Instant }) {
  const now = useNow();
  const ms = typeof until === 'number' ? until : Date.parse(until);
  return (
    <span className="text-[30px] leading-9 font-semibold tracking-[-0.012em] text-critical" role="timer">
      {formatClock(ms - now)}
    </span>
  );
}
