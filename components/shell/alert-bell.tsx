'use client';

import { Bell } from 'lucide-react';
import Link from 'next/link';
import { Mark } from '#components/ui/mark.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import { paths } from '#lib/paths.ts';
import { useAlertCounts } from './use-alert-counts.ts';

/** The way to what is wrong now, from every page: how many alerts nobody has acknowledged, with the worst of them. */
export function AlertBell() {
  const counts = useAlertCounts();
  const waiting = counts?.waiting ?? 0;
  const words = !counts
    ? 'Alerts'
    : counts.open === 0
      ? 'No alert is open'
      : `${formatCountOf(counts.open, 'alert is', 'alerts are')} open, ${formatCount(waiting)} acknowledged by nobody`;
  return (
    <Link className="bell" href={paths.alerts()} title={words} aria-label={words}>
      <Bell className="ic" aria-hidden="true" />
      {waiting > 0 ? (
        <>
          {formatCount(waiting)}
          <Mark name={counts?.worstWaiting ?? 'note'} />
        </>
      ) : null}
    </Link>
  );
}
