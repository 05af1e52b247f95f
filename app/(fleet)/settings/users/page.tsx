import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listUsers } from '#lib/services/user/list-users.ts';
import { SettingsPage } from '../settings-page.tsx';
import { UsersView } from './users-view.tsx';

export const metadata: Metadata = { title: 'Users' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UsersPage({ searchParams }: Props) {
  const search = inputOfPage(await searchParams, ['q', 'sort', 'page']);
  const [viewer, users] = await Promise.all([viewerOfPage(), ask(listUsers, search)]);
  return (
    <SettingsPage face="users" viewer={viewer}>
      {users.ok ? (
        <UsersView initial={users.value} ownId={viewer.userId} />
      ) : (
        <ProblemNotice problem={users.problem} />
      )}
    </SettingsPage>
  );
}
