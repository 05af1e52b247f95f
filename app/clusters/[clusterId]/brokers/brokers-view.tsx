'use client';

import { BrokersTable } from '#components/broker/brokers-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { SearchInput } from '#components/ui/input.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatBytes, formatCountOf } from '#lib/format.ts';
import type { BrokerListing } from '#lib/model/broker.ts';
import { apiPath } from '#lib/paths.ts';

/** All brokers: those that answer and those that are known and do not. */
export function BrokersView({ clusterId, initial }: { clusterId: string; initial: BrokerListing }) {
  const list = useListUrl({ sort: 'trouble' });
  const url = apiPath('/clusters/[clusterId]/brokers', {
    clusterId,
    q: list.q,
    sort: list.sort,
    page: list.page,
  });
  const live = useLiveQuery<BrokerListing>({ clusterId, url, initial });
  const data = live.data ?? initial;
  const down = data.rows.filter((row) => row.state === 'critical').length;
  const size = formatBytes(data.rows.reduce((sum, row) => sum + (row.sizeBytes ?? 0), 0));
  const racks = new Set(data.rows.map((row) => row.rack).filter(Boolean)).size;
  return (
    <>
      <PageHead
        title="Brokers"
        facts={[
          `${data.totalUnfiltered - down} of ${formatCountOf(data.totalUnfiltered, 'broker', 'brokers')} ${data.totalUnfiltered - down === 1 ? 'answers' : 'answer'}`,
          racks > 0 ? formatCountOf(racks, 'rack', 'racks') : null,
          `${size.value} ${size.unit} of logs`,
        ]}
      />
      <BrokersTable
        clusterId={clusterId}
        caption="Brokers"
        rows={data.rows}
        sort={list.sort}
        onSort={list.setSort}
        hasColumnMenu
        missing={data.missing}
        problem={live.problem ?? null}
        onRetry={live.refetch}
        paging={{ page: list.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
        tools={
          <SearchInput
            label="Id, host or rack"
            value={list.q}
            onChange={(event) => list.setQ(event.target.value)}
          />
        }
        empty={
          list.isFiltered ? (
            <NoResults
              noun="broker"
              asked={list.asked}
              total={formatCountOf(data.totalUnfiltered, 'broker', 'brokers')}
              onClear={list.clear}
            />
          ) : (
            <Empty title="No broker is known">The cluster has not been read yet.</Empty>
          )
        }
      />
    </>
  );
}
