import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { listBoards } from '#lib/services/board/list-boards.ts';
import { BoardsView } from './boards-view.tsx';

export const metadata: Metadata = { title: 'Boards' };

export default async function BoardsPage() {
  const [viewer, boards] = await Promise.all([viewerOfPage(), ask(listBoards, {})]);
  return (
    <Page crumbs={[{ label: 'Fleet', href: paths.fleet() }, { label: 'Boards' }]}>
      {boards.ok ? (
        <BoardsView initial={boards.value} mayChange={allows(viewer.role, 'board:update')} />
      ) : (
        <ProblemNotice isPage problem={boards.problem} />
      )}
    </Page>
  );
}
