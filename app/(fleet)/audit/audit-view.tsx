'use client';

import { useState } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { SearchInput, Select } from '#components/ui/input.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { AuditEntry } from '#lib/model/audit.ts';
import type { Listing } from '#lib/model/listing.ts';
import { apiPath } from '#lib/paths.ts';
import { auditColumns } from './audit-columns.tsx';
import { AuditDetail } from './audit-detail.tsx';

const outcomes = [
  { value: '', label: 'Every outcome' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'unknown', label: 'Unknown' },
  { value: 'denied', label: 'Refused' },
  { value: 'started', label: 'Without an end' },
];

const spans = [
  { value: '1h', label: '1 h' },
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
  { value: 'all', label: 'All' },
];

type Props = { initial: Listing<AuditEntry>; clusters: { id: string; name: string }[]; canExport: boolean };

/** Who tried what, on what, from where, and how it ended. */
export function AuditView({ initial, clusters, canExport }: Props) {
  const list = useListUrl({ sort: 'at', filters: ['outcome', 'clusterId', 'action', 'range', 'from', 'to'] });
  const filter = { q: list.q, ...list.filters };
  const live = useLiveQuery<Listing<AuditEntry>>({
    clusterId: null,
    url: apiPath('/audit', { ...filter, page: list.page }),
    initial,
  });
  const [openId, setOpenId] = useState<string | null>(null);
  const data = live.data ?? initial;
  const open = data.rows.find((row) => row.operationId === openId) ?? null;
  return (
    <>
      <PageHead
        title="Audit"
        facts={[
          data.total > 10_000
            ? 'More than 10,000 operations'
            : formatCountOf(data.total, 'operation', 'operations'),
          'Every change, sign-in, refusal, and read of messages',
        ]}
        actions={
          canExport ? (
            // A file, not a page: the router must not fetch it before anybody asks for it.
            <a className="btn" href={apiPath('/audit/export', filter)} download>
              Export CSV
            </a>
          ) : null
        }
      />
      <DataTable
        caption="Audit, newest first"
        columns={auditColumns}
        rows={data.rows}
        rowKey={(row) => row.operationId}
        rowLabel={(row) => `${row.action} by ${row.actorName}`}
        density="dense"
        hasColumnMenu
        onOpen={(row) => setOpenId(row.operationId)}
        openKey={openId}
        actions={(row) => [{ label: 'Open', onSelect: () => setOpenId(row.operationId) }]}
        paging={{ page: list.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
        problem={live.problem ?? null}
        onRetry={live.refetch}
        tools={
          <>
            <SearchInput
              label="Person, object, address or id"
              value={list.q}
              onChange={(event) => list.setQ(event.target.value)}
            />
            <Segmented
              label="Time range"
              value={list.filters.range || '7d'}
              onChange={(value) => list.setFilter('range', value === '7d' ? '' : value)}
              segments={spans}
            />
            <Select
              aria-label="Outcome"
              value={list.filters.outcome}
              options={outcomes}
              onChange={(event) => list.setFilter('outcome', event.target.value)}
            />
            <Select
              aria-label="Cluster"
              value={list.filters.clusterId}
              options={[
                { value: '', label: 'Every cluster' },
                ...clusters.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(event) => list.setFilter('clusterId', event.target.value)}
            />
          </>
        }
        empty={
          list.isFiltered ? (
            <NoResults
              noun="operation"
              asked={list.asked}
              total={formatCountOf(data.totalUnfiltered, 'operation', 'operations')}
              onClear={list.clear}
            />
          ) : (
            <Empty title="Nothing in the last 7 days">Choose a longer range above.</Empty>
          )
        }
      />
      <AuditDetail entry={open} onClose={() => setOpenId(null)} />
    </>
  );
}
