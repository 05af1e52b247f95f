'use client';

import { X } from 'lucide-react';
import { IconButton } from '#components/ui/button.tsx';
import type { MarkName } from '#components/ui/mark.tsx';
import { State } from '#components/ui/mark.tsx';
import { formatCount } from '#lib/format.ts';
import type { FilterTrial } from '#lib/model/filter-check.ts';

const verdicts: Record<FilterTrial['verdict'], { mark: MarkName; words: string }> = {
  matched: { mark: 'good', words: 'Matches' },
  unmatched: { mark: 'off', words: 'Does not match' },
  failed: { mark: 'warning', words: 'Could not be evaluated' },
  undecoded: { mark: 'warning', words: 'Could not be decoded' },
};

/** What the expression says of one record, and the values it saw. */
export function TrialPanel({ trial, onClose }: { trial: FilterTrial; onClose: () => void }) {
  const { mark, words } = verdicts[trial.verdict];
  return (
    <div className="flex items-start gap-3 border-t border-line py-1.5 pr-2 pl-2.5 text-xs" role="status">
      <div className="min-w-0 flex-1">
        <State mark={mark}>
          <b>{words}</b>
        </State>{' '}
        <span className="text-ink-3">
          partition {trial.partition}, offset {formatCount(trial.offset)}
        </span>
        {trial.reason ? <span> {trial.reason}</span> : null}
        {trial.values.length > 0 ? (
          <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4">
            {trial.values.map(({ path, type, text }) => (
              <div key={path} className="contents">
                <dt className="name text-ink-2">{path}</dt>
                <dd className="truncate">
                  <span className="name">{text}</span> <span className="text-ink-3">{type}</span>
                </dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
      <IconButton label="Close" size="sm" variant="bare" onClick={onClose}>
        <X className="ic text-ink-3" aria-hidden="true" />
      </IconButton>
    </div>
  );
}
