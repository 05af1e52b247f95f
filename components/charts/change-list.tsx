'use client';

import Link from 'next/link';
import { ClockTime } from '#components/values/time.tsx';
import type { Change, Flag } from './flags.ts';
import { letterOf } from './flags.ts';

/** What changed, newest first; a letter where it stands on the charts. */
export function ChangeList({ changes, flags = [] }: { changes: readonly Change[]; flags?: readonly Flag[] }) {
  return (
    <ol className="changes">
      {changes.map((change) => {
        const flag = letterOf(flags, change);
        return (
          <li key={`${change.at} ${change.title}`}>
            <ClockTime at={change.at} />
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
