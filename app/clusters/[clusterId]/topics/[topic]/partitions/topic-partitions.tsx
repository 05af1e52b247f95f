'use client';

import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { type Column, isDescending, sortColumn } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { NoResults } from '#components/feedback/faces.tsx';
import { electable, movedLeaders } from '#components/topic/topic-findings.ts';
import { Notice } from '#components/ui/notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { PartitionRow, TopicDetail } from '#lib/model/topic.ts';
import type { TopicsViewer } from '../../topics-viewer.ts';
import { TopicLoom } from '../topic-loom.tsx';
import { TopicNotices } from '../topic-notices.tsx';
import { useTopic } from '../use-topic.ts';
import { partitionColumns } from './partition-columns.tsx';
import { ReplicaTable } from './replica-table.tsx';
import { sortPartitions } from './sort-partitions.ts';

const pageSize = 50;

type Show = 'all' | 'trouble' | 'moved';
const shows: Record<Show, (row: PartitionRow) => boolean> = {
  all: () => true,
  trouble: (row) => row.state !== 'ok',
  moved: (row) => row.leader !== null && row.leader !== row.preferredLeader,
};
const showWords: Record<Show, string> = { all: 'All', trouble: 'Not in sync', moved: 'Not preferred leader' };

/** Every partition: where its replicas lie, then each of its numbers. */
export function TopicPartitions({ viewer, initial }: { viewer: TopicsViewer; initial: TopicDetail }) {
  const { clusterId } = viewer;
  const live = useTopic(clusterId, initial.name, initial);
  const topic = live.data ?? initial;
  const [opened, setOpened] = useQueryState('partition', { history: 'replace' });
  const [, setPlan] = useQueryState('plan', { history: 'push' });
  const list = useListUrl({ sort: '-state', filters: ['show'] });
  const show = (list.filters.show || 'all') as Show;
  const found = useMemo(
    () =>
      sortPartitions(
        topic.partitions.filter(shows[show] ?? shows.all),
        sortColumn(list.sort),
        isDescending(list.sort),
      ),
    [topic.partitions, show, list.sort],
  );
  // The opened partition is on the page that is shown, whatever the sort.
  const at = opened === null ? -1 : found.findIndex((row) => String(row.partition) === opened);
  const page = list.page > 1 || at < 0 ? list.page : Math.floor(at / pageSize) + 1;
  const moved = movedLeaders(topic);
  const canMove = electable(topic).length;
  const columns: Column<PartitionRow>[] = useMemo(() => partitionColumns(clusterId), [clusterId]);
  return (
    <>
      <TopicNotices clusterId={clusterId} topic={topic} />
      {moved.length > 0 ? (
        <Notice
          tone="plain"
          isSlim
          className="mt-1.5"
          end={
            viewer.may.elect && canMove > 0 ? (
              <button type="button" className="link" onClick={() => void setPlan('elect')}>
                Elect leaders
              </button>
            ) : undefined
          }
        >
          {formatCountOf(moved.length, 'partition is', 'partitions are')} not led by their preferred replica,
          so leaders lie unevenly.{canMove === 0 ? ' Those replicas must be in sync first.' : ''}
        </Notice>
      ) : null}
      <TopicLoom
        topic={topic}
        current={opened === null ? null : Number(opened)}
        onOpen={(partition) => void setOpened(String(partition))}
      />
      <Bank
        title="Partitions"
        note={`${formatCount(found.length)} of ${formatCount(topic.partitions.length)}`}
      >
        <div className="pt-2">
          <DataTable
            caption={`Partitions of ${topic.name}`}
            columns={columns}
            rows={found.slice((page - 1) * pageSize, page * pageSize)}
            rowKey={(row) => String(row.partition)}
            rowLabel={(row) => `partition ${row.partition}`}
            sort={list.sort}
            onSort={list.setSort}
            openKey={opened}
            onOpen={(row) => void setOpened(opened === String(row.partition) ? null : String(row.partition))}
            hasColumnMenu
            paging={{ page, pageSize, total: found.length, onPage: list.setPage }}
            tools={
              <Segmented
                label="Which partitions"
                value={show}
                onChange={(value) => list.setFilter('show', value === 'all' ? '' : value)}
                segments={(Object.keys(shows) as Show[]).map((value) => ({
                  value,
                  label: showWords[value],
                  count: formatCount(topic.partitions.filter(shows[value]).length),
                }))}
              />
            }
            detail={(row) =>
              opened === String(row.partition) ? <ReplicaTable clusterId={clusterId} row={row} /> : null
            }
            empty={
              <NoResults
                noun="partition"
                asked={[showWords[show]]}
                total={formatCountOf(topic.partitions.length, 'partition', 'partitions')}
                onClear={list.clear}
              />
            }
            problem={live.problem ?? null}
            onRetry={live.refetch}
          />
        </div>
      </Bank>
    </>
  );
}
