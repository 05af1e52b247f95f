'use client';

import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupReset } from '#lib/model/offset-reset.ts';
import type { GroupsViewer } from '../groups-viewer.ts';
import { useGroupPlan } from './plans/use-group-plan.ts';
import { useResets } from './plans/use-resets.ts';

const shown = 6;

/** Changes of this group's positions that are kept, newest first, each with the way back. */
export function EarlierResets({
  viewer,
  groupId,
  onChanged,
}: {
  viewer: GroupsViewer;
  groupId: string;
  /** The group is read anew. */
  onChanged: () => void;
}) {
  const { resets, keptDays, undo, undoing, refusal } = useResets(viewer, groupId, onChanged);
  const [, open] = useGroupPlan();
  return (
    <Bank title="Earlier resets" note={`kept ${keptDays} days`}>
      {resets.length === 0 ? (
        <p className="px-2 pt-2 text-ink-3">None. The positions before a reset are kept here.</p>
      ) : (
        <ol className="changes">
          {resets.slice(0, shown).map((reset) => (
            <li key={reset.resetId}>
              <TimeAgo at={reset.takenAt} />
              <span />
              <div className="min-w-0 wrap-anywhere">
                {titleOf(reset)}
                <div className="more">
                  {reset.takenBy}
                  {reset.undo === 'done'
                    ? `, taken back${reset.undoneBy ? ` by ${reset.undoneBy}` : ''}`
                    : ', offsets kept'}
                  .{' '}
                  {viewer.may.reset && reset.undo === 'click' ? (
                    <button
                      type="button"
                      className="link"
                      disabled={undoing !== null}
                      onClick={() => void undo(reset.resetId)}
                    >
                      {undoing === reset.resetId ? 'Taking it back' : 'Undo'}
                    </button>
                  ) : viewer.may.reset && reset.undo === 'plan' ? (
                    <button
                      type="button"
                      className="link"
                      title={reset.why ?? undefined}
                      onClick={() => open('reset', { saved: reset.resetId })}
                    >
                      Plan an undo
                    </button>
                  ) : reset.undo === 'blocked' && reset.why ? (
                    reset.why
                  ) : null}
                </div>
              </div>
            </li>
          ))}
        </ol>
      )}
      {resets.length > shown ? (
        <p className="px-2 py-1.5 text-xs text-ink-3">and {resets.length - shown} older, in the audit too</p>
      ) : null}
      {refusal ? (
        <div className="mt-2">
          <ProblemLine problem={refusal} title="Not taken back." />
        </div>
      ) : null}
    </Bank>
  );
}

function titleOf(reset: GroupReset): string {
  const where =
    reset.topics.length === 1
      ? `${formatCountOf(reset.partitions, 'partition', 'partitions')} of ${reset.topics[0]}`
      : `${formatCountOf(reset.partitions, 'partition', 'partitions')} of ${reset.topics.length} topics`;
  if (reset.verb === 'group.reset-offsets') return `${where} ${reset.words}`;
  return `${reset.words.charAt(0).toUpperCase()}${reset.words.slice(1)}`;
}
