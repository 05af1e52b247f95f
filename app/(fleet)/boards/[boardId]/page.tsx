import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Page } from '#components/shell/bar.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { paths } from '#lib/paths.ts';
import { viewBoard } from '#lib/services/board/view-board.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { BoardPageView } from './board-page-view.tsx';

export const metadata: Metadata = { title: 'Board' };

export default async function BoardPage({ params }: { params: Promise<{ boardId: string }> }) {
  const { boardId } = await params;
  const [viewer, board, clusters] = await Promise.all([
    viewerOfPage(),
    ask(viewBoard, { boardId }),
    ask(listClusters, {}),
  ]);
  return (
    <Page
      crumbs={[
        { label: 'Fleet', href: paths.fleet() },
        { label: 'Boards', href: paths.boards() },
        { label: board.ok ? board.value.name : 'Board' },
      ]}
    >
      {board.ok ? (
        <BoardPageView
          initial={board.value}
          clusters={clusters.ok ? clusters.value.rows.map(({ id, name }) => ({ id, name })) : []}
          may={{ change: allows(viewer.role, 'board:update'), share: allows(viewer.role, 'board:share') }}
        />
      ) : (
        <ProblemNotice
          isPage
          problem={board.problem}
          actions={<ButtonLink href={paths.boards()}>Open all boards</ButtonLink>}
        />
      )}
    </Page>
  );
}
