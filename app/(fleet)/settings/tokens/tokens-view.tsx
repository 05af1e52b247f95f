'use client';

import { useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { SelectField, TextField } from '#components/forms/fields.tsx';
import { Form } from '#components/forms/form.tsx';
import { useActionForm } from '#components/forms/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { State } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { Problem } from '#lib/model/problem.ts';
import { isAtLeast, type Role, roles } from '#lib/model/role.ts';
import { apiPath } from '#lib/paths.ts';
import type { TokenRow } from '#lib/services/token/list-tokens.ts';
import { createTokenAction, revokeTokenAction } from './actions.ts';

type Answer = { rows: TokenRow[] };

/** One's own access tokens: made with a role at most one's own, shown once, revoked at once. */
export function TokensView({ initial, role }: { initial: Answer; role: Role }) {
  const live = useLiveQuery<Answer>({ clusterId: null, url: apiPath('/tokens', {}), initial });
  const [token, setToken] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useActionForm<
    { name: string; role: string; days: string },
    { name: string; role: Role; days: string },
    { token: string }
  >({
    initial: { name: '', role: 'viewer', days: '90' },
    toInput: (values) => ({ ...values, role: values.role as Role }),
    action: createTokenAction,
    onDone: (made) => {
      setToken(made.token);
      form.reset();
      live.refetch();
    },
  });
  const revoke = async (row: TokenRow) => {
    setProblem(null);
    const result = await revokeTokenAction({ id: row.id });
    if (!result.ok) setProblem(result.problem);
    live.refetch();
  };
  return (
    <>
      <Bank title="Make a token" note="for scripts: Authorization: Bearer …" isPadded>
        <Form form={form} submit="Make token" problemTitle="Not made.">
          <div className="grid-2">
            <TextField field={form.field('name')} label="Name" help="What will use it." autoComplete="off" />
            <SelectField
              field={form.field('role')}
              label="Role"
              help="At most your own; it falls with yours."
              options={roles.filter((one) => isAtLeast(role, one)).map((one) => ({ value: one, label: one }))}
            />
            <TextField field={form.field('days')} label="Lives" suffix="days" inputMode="numeric" />
          </div>
        </Form>
        {token ? (
          <Notice
            tone="good"
            title="Copy the token now."
            end={<CopyButton text={token} label="Copy token" />}
            isAnnounced
            className="mt-3"
          >
            It is not kept and cannot be shown again. <span className="name break-all">{token}</span>
          </Notice>
        ) : null}
      </Bank>
      {problem ? <ProblemLine problem={problem} title="Not revoked." /> : null}
      <Bank
        title="Your tokens"
        note={`${(live.data ?? initial).rows.filter((row) => row.state === 'active').length} active`}
      >
        <DataTable
          caption="Your access tokens"
          columns={columnsOf(revoke)}
          rows={(live.data ?? initial).rows}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.name}
          density="normal"
          isSticky={false}
          isGrey={(row) => row.state !== 'active'}
          problem={live.problem ?? null}
          onRetry={live.refetch}
          empty={
            <Empty title="No token yet">
              A token lets a script read what you may read, until it ends or is revoked.
            </Empty>
          }
        />
      </Bank>
    </>
  );
}

const words = { active: 'Active', expired: 'Expired', revoked: 'Revoked' } as const;

const columnsOf = (revoke: (row: TokenRow) => Promise<void>): Column<TokenRow>[] => [
  { id: 'name', header: 'Name', cell: (row) => <b>{row.name}</b> },
  {
    id: 'state',
    header: 'State',
    cell: (row) => <State mark={row.state === 'active' ? 'ok' : 'off'}>{words[row.state]}</State>,
  },
  { id: 'prefix', header: 'Begins with', cell: (row) => <span className="name">{row.prefix}…</span> },
  { id: 'role', header: 'Role', cell: (row) => row.role },
  {
    id: 'used',
    header: 'Last used',
    cell: (row) => (row.lastUsedAt ? <TimeAgo at={row.lastUsedAt} /> : 'Never'),
  },
  { id: 'ends', header: 'Ends', rank: 1, cell: (row) => <TimeAgo at={row.expiresAt} /> },
  { id: 'made', header: 'Made', rank: 2, cell: (row) => <TimeAgo at={row.createdAt} /> },
  {
    id: 'act',
    header: 'Revoke',
    isHeadHidden: true,
    align: 'right',
    cell: (row) =>
      row.state === 'active' ? (
        <Button size="sm" variant="danger-quiet" onClick={() => void revoke(row)}>
          Revoke
        </Button>
      ) : null,
  },
];
