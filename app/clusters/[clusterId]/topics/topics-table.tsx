'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import type { RowAction } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Switch } from '#components/ui/choice.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { TopicListing, TopicRow } from '#lib/model/topic.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { BulkConfigSheet } from './bulk-config-sheet.tsx';
import { DeleteTopicsDialog } from './delete-topics-dialog.tsx';
import { ListFacts, ThinnedOut } from './list-facts.tsx';
import { topicColumns } from './topic-columns.tsx';
import type { TopicsViewer } from './topics-viewer.ts';

type Show = 'all' | 'critical' | 'under-replicated' | 'idle';
const showWords: Record<Show, string> = {
  all: 'All',
  critical: 'Refusing or offline',
  'under-replicated': 'Under-replicated',
  idle: 'Idle',
};

type Open = { kind: 'delete' | 'config'; topics: string[]; clear: () => void } | null;

export function TopicsTable({
  viewer,
  initial,
  initialProblem,
}: {
  viewer: TopicsViewer;
  initial: TopicListing | undefined;
  initialProblem: Problem | null;
}) {
  const { clusterId, may } = viewer;
  const router = useRouter();
  const list = useListUrl({ sort: '-trouble', filters: ['show', 'internal'] });
  const live = useLiveQuery<TopicListing>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/topics', {
      clusterId,
      q: list.q,
      sort: list.sort,
      page: list.page,
      show: list.filters.show,
      internal: list.filters.internal,
    }),
    initial,
  });
  const [open, setOpen] = useState<Open>(null);
  const columns = useMemo(() => topicColumns(clusterId), [clusterId]);
  const data = live.data;
  const problem = live.problem ?? (data ? null : initialProblem);
  const show = (list.filters.show || 'all') as Show;

  useKeys([
    {
      keys: 'n',
      label: 'Create topic',
      section: 'Topics',
      run: () => {
        if (!may.create) return false;
        router.push(paths.newTopic(clusterId));
        return true;
      },
    },
    {
      keys: 'm',
      label: 'Messages of the topic',
      section: 'Topics',
      run: () => {
        const row = document.activeElement?.closest<HTMLElement>('tr[data-row]')?.dataset.row;
        if (!row || !may.readMessages) return false;
        router.push(paths.topicMessages(clusterId, row));
        return true;
      },
    },
  ]);

  const actions = (row: TopicRow): RowAction[] => [
    ...(may.readMessages
      ? [{ label: 'Messages', href: paths.topicMessages(clusterId, row.name), shortcut: 'm' } as const]
      : []),
    { label: 'Partitions', href: paths.topicPartitions(clusterId, row.name) },
    { label: 'Groups', href: paths.topicGroups(clusterId, row.name) },
    { label: may.configure ? 'Edit config' : 'Config', href: paths.topicConfig(clusterId, row.name) },
    ...(may.delete
      ? ([
          'separator',
          {
            label: 'Delete topic',
            onSelect: () => setOpen({ kind: 'delete', topics: [row.name], clear: () => {} }),
            isDanger: true,
            ...(row.isInternal ? { isDisabled: true, reason: 'Kafka itself works with it.' } : {}),
          },
        ] as const)
      : []),
  ];

  const createButton = may.create ? (
    <ButtonLink variant="primary" href={paths.newTopic(clusterId)} shortcut="n">
      Create topic
    </ButtonLink>
  ) : null;

  const asked = [...(list.q ? [list.q] : []), ...(show === 'all' ? [] : [showWords[show]])];
  const segments = (['all', 'critical', 'under-replicated', 'idle'] as const).map((value) => ({
    value,
    label: showWords[value],
    count: data
      ? formatCount(value === 'under-replicated' ? data.counts.underReplicated : data.counts[value])
      : undefined,
    ...(value === 'critical' && data && data.counts.critical > 0 ? { mark: 'critical' as const } : {}),
    ...(value === 'under-replicated' && data && data.counts.underReplicated > 0
      ? {
          mark:
            data.counts.explained === data.counts.underReplicated
              ? ('explained' as const)
              : ('warning' as const),
        }
      : {}),
  }));

  return (
    <>
      <PageHead
        title="Topics"
        tag={viewer.isReadOnly ? <Tag tone="line">Read-only cluster</Tag> : null}
        facts={data ? [<ListFacts key="facts" listing={data} />] : []}
        actions={createButton}
      />
      <DataTable
        caption={`Topics on ${viewer.clusterName}`}
        columns={columns}
        rows={data?.rows}
        rowKey={(row) => row.name}
        rowLabel={(row) => row.name}
        sort={list.sort}
        onSort={list.setSort}
        paging={data && { page: data.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
        footNote={
          data && data.counts.internal > 0 && list.filters.internal !== 'true'
            ? `${formatCountOf(data.counts.internal, 'internal topic', 'internal topics')} hidden`
            : null
        }
        hasColumnMenu
        actions={actions}
        {...(may.delete || may.configure
          ? {
              bulk: {
                one: 'topic',
                many: 'topics',
                total: data?.total ?? 0,
                actions: (topics: string[], clear: () => void) => (
                  <>
                    {may.configure ? (
                      <Button size="sm" onClick={() => setOpen({ kind: 'config', topics, clear })}>
                        Edit config
                      </Button>
                    ) : null}
                    {may.delete ? (
                      <Button
                        size="sm"
                        variant="danger-quiet"
                        onClick={() => setOpen({ kind: 'delete', topics, clear })}
                      >
                        Delete
                      </Button>
                    ) : null}
                  </>
                ),
              },
            }
          : {})}
        tools={
          <>
            <SearchInput
              label="Name of a topic"
              value={list.q}
              onChange={(event) => list.setQ(event.target.value)}
            />
            <Segmented
              label="Which topics"
              segments={segments}
              value={show}
              onChange={(value) => list.setFilter('show', value === 'all' ? '' : value)}
            />
            <Switch
              label="Internal"
              checked={list.filters.internal === 'true'}
              onChange={(event) => list.setFilter('internal', event.target.checked ? 'true' : '')}
            />
          </>
        }
        note={data ? <ThinnedOut clusterId={clusterId} listing={data} /> : null}
        loading="Reading the topics of the cluster."
        empty={
          data && data.total > 0 ? (
            <Empty
              title={`Page ${formatCount(data.page)} is past the end`}
              actions={<Button onClick={() => list.setPage(1)}>Open the first page</Button>}
            >
              {formatCountOf(data.total, 'topic', 'topics')} match.
            </Empty>
          ) : asked.length > 0 ? (
            <NoResults
              noun="topic"
              asked={asked}
              total={formatCountOf(data?.totalUnfiltered ?? 0, 'topic', 'topics')}
              onClear={list.clear}
            />
          ) : (
            <Empty title="No topic yet" actions={createButton}>
              Producers write to topics and groups read from them.
              {may.create ? '' : ' An operator can create the first.'}
            </Empty>
          )
        }
        problem={problem}
        onRetry={live.refetch}
        missing={data?.missing}
        stale={live.problem && data?.asOf ? { seenAt: data.asOf, onReconnect: live.refetch } : null}
        isBusy={live.isRefreshing && data !== undefined && data.page !== list.page}
      />
      {open?.kind === 'delete' ? (
        <DeleteTopicsDialog
          viewer={viewer}
          topics={open.topics}
          onClose={() => setOpen(null)}
          onDone={() => {
            open.clear();
            setOpen(null);
            live.refetch();
          }}
        />
      ) : null}
      {open?.kind === 'config' ? (
        <BulkConfigSheet
          viewer={viewer}
          topics={open.topics}
          onClose={() => setOpen(null)}
          onDone={() => {
            open.clear();
            setOpen(null);
          }}
        />
      ) : null}
    </>
  );
}
