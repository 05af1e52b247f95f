'use client';

import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { isWorkerGroup } from '#components/group/group-kind.ts';
import { sortPartitions, worstPartition } from '#components/group/worst-partition.ts';
import { SearchInput } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { formatCount, formatCountOf, formatDuration } from '#lib/format.ts';
import type { GroupDetail, GroupPartitionRow } from '#lib/model/group.ts';
import { lagStateFaces, lagStates } from '#lib/model/lag.ts';
import type { GroupsViewer } from '../groups-viewer.ts';
import { partitionColumns } from './partition-columns.tsx';
import { PartitionSheet } from './partition-sheet.tsx';
import { useLagHistory } from './use-lag-history.ts';

const pageSize = 50;
const keyOf = (row: Pick<GroupPartitionRow, 'topic' | 'partition'>) => `${row.topic}/${row.partition}`;

/** Partitions of a group, worst first; searched and paged here, because the page has all of them. */
export function PartitionsTable({ viewer, group }: { viewer: GroupsViewer; group: GroupDetail }) {
  const { clusterId } = viewer;
  const list = useListUrl({ sort: '-trouble', filters: ['state'] });
  const [open, setOpen] = useQueryState('at', { history: 'replace', scroll: false });
  const found = useMemo(() => {
    const needle = list.q.toLowerCase();
    return sortPartitions(
      group.partitions.filter(
        (row) =>
          (list.filters.state === '' || row.lag.state === list.filters.state) &&
          `${row.topic} ${row.partition} ${row.clientId ?? ''}`.toLowerCase().includes(needle),
      ),
      list.sort,
    );
  }, [group.partitions, list.q, list.sort, list.filters.state]);
  const rows = found.slice((list.page - 1) * pageSize, list.page * pageSize);
  const history = useLagHistory(clusterId, group.groupId, rows);
  const columns = useMemo(
    () => partitionColumns(clusterId, group, history, (row) => void setOpen(keyOf(row))),
    [clusterId, group, history, setOpen],
  );
  const at = open === null ? -1 : found.findIndex((row) => keyOf(row) === open);
  const chosen = at < 0 ? null : (found[at] ?? null);
  const worst = worstPartition(group.partitions);
  const present = lagStates
    .filter((state) => group.partitions.some((row) => row.lag.state === state))
    .reverse();
  return (
    <>
      <DataTable
        caption={`Partitions of ${group.groupId}, worst first`}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowLabel={(row) => `partition ${row.partition} of ${row.topic}`}
        sort={list.sort}
        onSort={list.setSort}
        isGrey={(row) => row.state === 'unknown'}
        onOpen={(row) => void setOpen(keyOf(row))}
        openKey={open ?? (worst && lagStateFaces[worst.lag.state].mark === 'critical' ? keyOf(worst) : null)}
        tools={
          group.partitions.length > 8 ? (
            <>
              <SearchInput
                label="Topic, partition or client"
                value={list.q}
                onChange={(event) => list.setQ(event.target.value)}
              />
              {present.length > 1 ? (
                <Segmented
                  label="State"
                  value={list.filters.state || 'all'}
                  onChange={(value) => list.setFilter('state', value === 'all' ? '' : value)}
                  segments={[
                    { value: 'all', label: 'All', count: formatCount(group.partitions.length) },
                    ...present.map((state) => ({
                      value: state as string,
                      label: lagStateFaces[state].words,
                      count: formatCount(group.partitions.filter((row) => row.lag.state === state).length),
                    })),
                  ]}
                />
              ) : null}
            </>
          ) : null
        }
        footNote={group.partitions.length > 0 ? `heat from 0 to ${formatDuration(history.most)}` : undefined}
        paging={{ page: list.page, pageSize, total: found.length, onPage: list.setPage }}
        empty={
          list.isFiltered ? (
            <NoResults
              noun="partition"
              asked={list.asked}
              total={formatCountOf(group.partitions.length, 'partition', 'partitions')}
              onClear={list.clear}
            />
          ) : (
            <EmptyPartitions group={group} />
          )
        }
      />
      {chosen ? (
        <PartitionSheet
          viewer={viewer}
          group={group}
          row={chosen}
          onClose={() => void setOpen(null)}
          onStep={
            found.length > 1
              ? (step) => {
                  const next = found[(at + step + found.length) % found.length];
                  if (next) void setOpen(keyOf(next));
                }
              : undefined
          }
        />
      ) : null}
    </>
  );
}

function EmptyPartitions({ group }: { group: GroupDetail }) {
  if (isWorkerGroup(group))
    return (
      <Empty title="Workers of Connect share out connectors, not partitions">
        Sink connectors read by groups of their own, named <span className="name">connect-</span> and the
        connector.
      </Empty>
    );
  if (group.type === 'share')
    return (
      <Empty title="No start offset yet">
        A share group has positions once a member has read from a topic.
      </Empty>
    );
  return (
    <Empty title="Nothing was ever committed">
      {group.members
        ? 'Its members own no partition and have committed none. Lag is known with the first commit.'
        : 'Lag is known once a member commits an offset.'}
    </Empty>
  );
}
