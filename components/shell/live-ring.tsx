'use client';

import { useNow, useZone } from '#components/values/clock.tsx';
import type { Liveness } from '#lib/client/use-live-cluster.ts';
import { formatAge, formatDateTime, formatTime } from '#lib/format.ts';

const turn = 2 * Math.PI * 5.4;

/**
 * The ring fills until the next sample is due. From three missed samples on it is dashed and says when the cluster was last seen.
 */
export function LiveRing({ liveness }: { liveness: Liveness }) {
  const now = useNow();
  const zone = useZone();
  const { sampledAt, everyMs } = liveness;
  const age = sampledAt === null ? null : Math.max(0, now - sampledAt);
  const isLive = age !== null && age < everyMs * 3 + 1000;
  if (!isLive) {
    return (
      <span className="live" title={sampledAt === null ? 'No sample yet' : formatDateTime(sampledAt, zone)}>
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <circle
            cx="7"
            cy="7"
            r="5.4"
            fill="none"
            stroke="var(--color-ink-3)"
            strokeWidth="1.6"
            strokeDasharray="2.6 2.2"
          />
        </svg>
        {sampledAt === null ? 'Not live. Not seen yet' : `Not live. Seen ${formatTime(sampledAt, zone)}`}
      </span>
    );
  }
  const share = Math.min(1, age / everyMs);
  const due = Math.max(0, Math.ceil((everyMs - age) / 1000));
  return (
    <span className="live" title={`Sampled ${formatDateTime(now - age, zone)}. Next sample in ${due} s`}>
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <circle cx="7" cy="7" r="5.4" fill="none" stroke="var(--color-line-strong)" strokeWidth="1.6" />
        <circle
          cx="7"
          cy="7"
          r="5.4"
          fill="none"
          stroke="var(--color-water)"
          strokeWidth="1.8"
          strokeDasharray={`${share * turn} ${turn}`}
          transform="rotate(-90 7 7)"
        />
        <circle cx="7" cy="7" r="1.9" fill="var(--color-water)" />
      </svg>
      Live <span className="age">{formatAge(age)} ago</span>
    </span>
  );
}
