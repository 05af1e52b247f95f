import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Age, ClockTime } from '#components/values/time.tsx';
import type { MissingPart } from '#lib/model/listing.ts';

/** Nothing is there yet: why, and the first step as a button. */
export function Empty({
  title,
  children,
  actions,
}: {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="face">
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {actions ? <div className="acts">{actions}</div> : null}
    </div>
  );
}

/** Nothing matches: the filters that were asked, how many there are without them, and the way back. */
export function NoResults({
  noun,
  asked,
  total,
  onClear,
  children,
}: {
  /** What is listed, in the singular: `group`. */
  noun: string;
  /** The filters in words: `planer`, `Stalled`. */
  asked: readonly string[];
  /** How many there are without the filters, already in words: `61 groups`. */
  total: string;
  onClear: () => void;
  children?: ReactNode;
}) {
  return (
    <div className="face" role="status">
      <h2>
        No {noun} matches{' '}
        {asked.map((each, index) => (
          <span key={each}>
            {index > 0 ? ' and ' : ''}
            <span className="name">{each}</span>
          </span>
        ))}
      </h2>
      <p>
        {total} without {asked.length === 1 ? 'this filter' : 'these filters'}. {children}
      </p>
      <div className="acts">
        <Button onClick={onClear}>Clear {asked.length === 1 ? 'filter' : 'filters'}</Button>
      </div>
    </div>
  );
}

/** What is missing from the rows below, since when. */
export function PartialLine({ missing, action }: { missing: readonly MissingPart[]; action?: ReactNode }) {
  if (missing.length === 0) return null;
  return (
    <Notice tone="warning" isSlim isAnnounced className="mb-1.5" end={action}>
      {missing.map((part) => (
        <span key={part.part} className="mr-2">
          <b>{part.sentence}</b>
          {part.since ? (
            <>
              {' '}
              {/* The age goes on by itself: it is not said again each time. */}
              <span aria-live="off">
                Since <ClockTime at={part.since} withAge />.
              </span>
            </>
          ) : null}
        </span>
      ))}
    </Notice>
  );
}

/** What is shown is from before: when it was seen, how old it is, and a way to ask again. */
export function StaleLine({ seenAt, onReconnect }: { seenAt: string | number; onReconnect?: () => void }) {
  return (
    <div className="stale-line" role="status">
      <Mark name="unknown" />
      <span>
        Not live. Seen <ClockTime at={seenAt} />
        <span aria-live="off">
          , <Age since={seenAt} /> ago
        </span>
      </span>
      {onReconnect ? (
        <button type="button" className="link aside" onClick={onReconnect}>
          Reconnect
        </button>
      ) : null}
    </div>
  );
}
