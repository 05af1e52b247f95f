'use client';

import Link from 'next/link';
import { useNow, useZone } from '#components/values/clock.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatDay } from '#lib/format.ts';
import type { Change, Flag } from './flags.ts';
import { letterOf } from './flags.ts';

const DAY = 24 * 3_600_000;

/** What changed, newest first; a letter where it stands on the charts. Older than a day it says the day. */
export function ChangeList({ changes, flags = [] }: { changes: readonly Change[]; flags?: readonly Flag[] }) {
  const zone = useZone();
  const now = useNow();
  const isOld = (at: Change['at']) => now - new Date(at).getTime() > DAY;
  return (
    <ol className="changes">
      {changes.map((change, index) => {
        const flag = letterOf(flags, change);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two things can happen in the same moment with the same words
          <li key={`${change.at} ${change.title} ${index}`}>
            <span>
              <ClockTime at={change.at} />
              {isOld(change.at) ? (
                <span className="more block">{formatDay(change.at, zone, now)}</span>
              ) : null}
            </span>
            <span>{flag ? <span className={`flag ${flag.severity}`}>{flag.letter}</span> : null}</span>
            <div className="min-w-0 wrap-anywhere">
              {change.href ? <Link href={change.href}>{change.title}</Link> : change.title}
              {change.detail ? <div className="more">{change.detail}</div> : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
