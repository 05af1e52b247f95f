'use client';

import { useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { Problem } from '#lib/model/problem.ts';
import { apiPath } from '#lib/paths.ts';
import type { SessionRow } from '#lib/services/session/list-sessions.ts';
import { changePasswordAction, revokeSessionAction } from './actions.ts';

type Answer = { rows: SessionRow[] };

/** Where one is signed in, and one's password. Ending a session acts with its next request. */
export function SessionsView({ initial }: { initial: Answer }) {
  const live = useLiveQuery<Answer>({ clusterId: null, url: apiPath('/sessions', {}), initial });
  const [problem, setProblem] = useState<Problem | null>(null);
  const revoke = async (row: SessionRow) => {
    setProblem(null);
    const result = await revokeSessionAction({ id: row.id });
    if (!result.ok) setProblem(result.problem);
    live.refetch();
  };
  const form = useActionForm<
    { current: string; next: string },
    { current: string; next: string },
    { endedSessions: number }
  >({
    initial: { current: '', next: '' },
    toInput: (values) => values,
    action: changePasswordAction,
    onDone: ({ endedSessions }) => {
      showToast({
        outcome: 'good',
        title: 'Password changed.',
        children: `${formatCountOf(endedSessions, 'other session', 'other sessions')} ended.`,
      });
      form.reset();
      live.refetch();
    },
  });
  return (
    <>
      {problem ? <ProblemLine problem={problem} title="Not ended." /> : null}
      <Bank
        title="Where you are signed in"
        note={formatCountOf((live.data ?? initial).rows.length, 'session', 'sessions')}
      >
        <DataTable
          caption="Your sessions"
          columns={columnsOf(revoke)}
          rows={(live.data ?? initial).rows}
          rowKey={(row) => row.id}
          rowLabel={(row) => `session from ${row.ip}`}
          density="normal"
          isSticky={false}
          problem={live.problem ?? null}
          onRetry={live.refetch}
          empty={null}
        />
      </Bank>
      <Bank title="Password" note="ends all your other sessions" isPadded>
        <Form form={form} submit="Change password" problemTitle="Not changed.">
          <div className="grid-2">
            <TextField
              field={form.field('current')}
              label="Current password"
              type="password"
              autoComplete="current-password"
            />
            <TextField
              field={form.field('next')}
              label="New password"
              type="password"
              help="12 to 128 characters, not a common one."
              autoComplete="new-password"
            />
          </div>
        </Form>
      </Bank>
    </>
  );
}

const columnsOf = (revoke: (row: SessionRow) => Promise<void>): Column<SessionRow>[] => [
  {
    id: 'browser',
    header: 'Browser',
    cell: (row) => (
      <>
        {browserOf(row.userAgent)} {row.isCurrent ? <Tag tone="water">This one</Tag> : null}
      </>
    ),
  },
  { id: 'ip', header: 'From', cell: (row) => <span className="name">{row.ip}</span> },
  { id: 'seen', header: 'Last used', cell: (row) => <TimeAgo at={row.lastSeenAt} /> },
  { id: 'began', header: 'Signed in', rank: 1, cell: (row) => <TimeAgo at={row.createdAt} /> },
  {
    id: 'act',
    header: 'End',
    isHeadHidden: true,
    align: 'right',
    cell: (row) =>
      row.isCurrent ? null : (
        <Button size="sm" variant="danger-quiet" onClick={() => void revoke(row)}>
          End session
        </Button>
      ),
  },
];

/** A short name for a user agent: the browser and the system, as far as it tells them. */
function browserOf(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent);
  const name = browser?.[1] === 'Edg' ? 'Edge' : browser?.[1];
  return [name ? `${name} ${browser?.[2]}` : agent.slice(0, 40) || 'Not told', system?.[1]]
    .filter(Boolean)
    .join(', ');
}
