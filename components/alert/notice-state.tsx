import { type MarkName, State } from '#components/ui/mark.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { AlertNotice, NoticeState } from '#lib/model/alert-notice.ts';

const faces: Readonly<Record<NoticeState, [MarkName, string]>> = {
  waiting: ['work', 'Waits'],
  sending: ['work', 'Being sent'],
  sent: ['good', 'Sent'],
  failed: ['critical', 'Failed'],
  dropped: ['off', 'Dropped'],
};

/** How a delivery stands; what went wrong below it. */
export function NoticeStanding({ row }: { row: AlertNotice }) {
  const [mark, word] = faces[row.state];
  return (
    <>
      <State mark={mark}>{row.state === 'waiting' && row.attempts > 0 ? 'Tried again' : word}</State>
      {row.state === 'waiting' && row.attempts > 0 && row.nextAttemptAt ? (
        <span className="text-ink-3">
          {' '}
          at <ClockTime at={row.nextAttemptAt} />, after {formatCountOf(row.attempts, 'try', 'tries')}
        </span>
      ) : null}
      {row.lastError ? <div className="text-xs text-ink-3 wrap-anywhere">{row.lastError}</div> : null}
    </>
  );
}
