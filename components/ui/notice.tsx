import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { MarkName } from './mark.tsx';
import { Mark } from './mark.tsx';

export type NoticeTone = 'critical' | 'warning' | 'good' | 'note' | 'plain';

const marks: Record<NoticeTone, MarkName> = {
  critical: 'critical',
  warning: 'warning',
  good: 'good',
  note: 'note',
  plain: 'explained',
};

/** A sentence where the trouble is. `isAnnounced` for one that appears after an act. */
export function Notice({
  tone,
  mark,
  title,
  children,
  end,
  isSlim,
  isAnnounced,
  className,
}: {
  tone: NoticeTone;
  mark?: MarkName;
  title?: ReactNode;
  children?: ReactNode;
  end?: ReactNode;
  isSlim?: boolean;
  isAnnounced?: boolean;
  className?: string;
}) {
  return (
    <div
      className={clsx('notice', tone !== 'note' && tone, isSlim && 'slim', className)}
      role={isAnnounced ? (tone === 'critical' ? 'alert' : 'status') : undefined}
    >
      <Mark name={mark ?? marks[tone]} />
      <div className="body">
        {title ? <b>{title}</b> : null}
        {title && children ? ' ' : null}
        {children}
      </div>
      {end ? <span className="aside">{end}</span> : null}
    </div>
  );
}
