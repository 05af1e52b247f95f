'use client';

import { useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { SearchInput, Select } from '#components/ui/input.tsx';
import { State } from '#components/ui/mark.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Problem } from '#lib/model/problem.ts';
import { roles } from '#lib/model/role.ts';
import { apiPath } from '#lib/paths.ts';
import type { InviteRow, UserListing, UserRow } from '#lib/services/user/list-users.ts';
import { revokeInviteAction, updateUserAction } from './actions.ts';
import { InviteForm } from './invite-form.tsx';

/** People with their roles: invite, change a role, shut out. Each acts with the person's next request. */
export function UsersView({ initial, ownId }: { initial: UserListing; ownId: string }) {
  const list = useListUrl({ sort: 'name' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const live = useLiveQuery<UserListing>({
    clusterId: null,
    url: apiPath('/users', { q: list.q, sort: list.sort, page: list.page }),
    initial,
  });
  const data = live.data ?? initial;
  const change = async (row: UserRow, changes: { role?: Role; isDisabled?: boolean }) => {
    setProblem(null);
    const result = await updateUserAction({ id: row.id, ...changes });
    if (!result.ok) setProblem(result.problem);
    else
      showToast({
        outcome: 'good',
        title: `${row.name} ${changes.role ? `is ${changes.role} now` : changes.isDisabled ? 'was shut out' : 'may sign in again'}.`,
      });
    live.refetch();
  };
  const withdraw = async (row: InviteRow) => {
    const result = await revokeInviteAction({ id: row.id });
    if (!result.ok) setProblem(result.problem);
    live.refetch();
  };
  return (
    <>
      <Bank title="Invite somebody" note="by a link that works once" isPadded>
        <InviteForm onDone={live.refetch} />
      </Bank>
      {problem ? <ProblemLine problem={problem} title="Not changed." /> : null}
      <Bank title="Users" note={formatCountOf(data.totalUnfiltered, 'user', 'users')} isPadded>
        <DataTable
          caption="Users"
          columns={columnsOf(ownId, change)}
          rows={data.rows}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.name}
          density="normal"
          sort={list.sort}
          onSort={list.setSort}
          isGrey={(row) => row.isDisabled}
          paging={{ page: list.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
          problem={live.problem ?? null}
          onRetry={live.refetch}
          tools={
            <SearchInput
              label="Name or e-mail"
              value={list.q}
              onChange={(event) => list.setQ(event.target.value)}
            />
          }
          empty={
            list.isFiltered ? (
              <NoResults
                noun="user"
                asked={list.asked}
                total={formatCountOf(data.totalUnfiltered, 'user', 'users')}
                onClear={list.clear}
              />
            ) : (
              <Empty title="No user yet">Invite somebody above.</Empty>
            )
          }
        />
      </Bank>
      {data.invites.length > 0 ? (
        <Bank title="Open invitations" note={formatCountOf(data.invites.length, 'invitation', 'invitations')}>
          <DataTable
            caption="Open invitations"
            columns={inviteColumns(withdraw)}
            rows={data.invites}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.email}
            density="normal"
            isSticky={false}
            empty={null}
          />
        </Bank>
      ) : null}
    </>
  );
}

const columnsOf = (
  ownId: string,
  change: (row: UserRow, changes: { role?: Role; isDisabled?: boolean }) => Promise<void>,
): Column<UserRow>[] => [
  {
    id: 'name',
    header: 'Name',
    sort: 'asc',
    cell: (row) => (
      <>
        <b>{row.name}</b> {row.id === ownId ? <Tag>You</Tag> : null}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: (row) =>
      row.isDisabled ? <State mark="off">Shut out</State> : <State mark="ok">May sign in</State>,
  },
  { id: 'email', header: 'E-mail', sort: 'asc', cell: (row) => row.email },
  {
    id: 'role',
    header: 'Role',
    sort: 'asc',
    cell: (row) =>
      row.id === ownId ? (
        row.role
      ) : (
        <Select
          aria-label={`Role of ${row.name}`}
          value={row.role}
          options={roles.map((role) => ({ value: role, label: role }))}
          onChange={(event) => void change(row, { role: event.target.value as Role })}
        />
      ),
  },
  {
    id: 'seen',
    header: 'Last sign-in',
    sort: 'desc',
    rank: 1,
    cell: (row) => (row.lastSignInAt ? <TimeAgo at={row.lastSignInAt} /> : 'Never'),
  },
  { id: 'created', header: 'Since', sort: 'desc', rank: 2, cell: (row) => <TimeAgo at={row.createdAt} /> },
  {
    id: 'act',
    header: 'Access',
    isHeadHidden: true,
    align: 'right',
    cell: (row) =>
      row.id === ownId ? null : (
        <Button
          size="sm"
          variant={row.isDisabled ? 'default' : 'danger-quiet'}
          onClick={() => void change(row, { isDisabled: !row.isDisabled })}
        >
          {row.isDisabled ? 'Let in again' : 'Shut out'}
        </Button>
      ),
  },
];

const inviteColumns = (withdraw: (row: InviteRow) => Promise<void>): Column<InviteRow>[] => [
  { id: 'email', header: 'E-mail', cell: (row) => row.email },
  { id: 'role', header: 'Role', cell: (row) => row.role },
  { id: 'created', header: 'Invited', cell: (row) => <TimeAgo at={row.createdAt} /> },
  { id: 'expires', header: 'Ends', cell: (row) => <TimeAgo at={row.expiresAt} /> },
  {
    id: 'act',
    header: 'Withdraw',
    isHeadHidden: true,
    align: 'right',
    cell: (row) => (
      <Button size="sm" onClick={() => void withdraw(row)}>
        Withdraw
      </Button>
    ),
  },
];
