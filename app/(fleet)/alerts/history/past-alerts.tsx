'use client';

import { pastColumns } from '#components/alert/incident-columns.tsx';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { SearchInput, Select } from '#components/ui/input.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { IncidentRow } from '#lib/model/incident-view.ts';
import type { Listing } from '#lib/model/listing.ts';
import { apiPath, paths } from '#lib/paths.ts';
import type { Clusters } from '../match-fields.tsx';

const spans = [
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
  { value: '90d', label: '90 d' },
  { value: 'all', label: 'All' },
];

/** Every alert of a time, newest first, with how long it lasted. */
export function PastAlerts({ initial, clusters }: { initial: Listing<IncidentRow>; clusters: Clusters }) {
  const list = useListUrl({ sort: 'opened', filters: ['span', 'clusterId', 'severity', 'ruleId'] });
  const { span, ...filters } = list.filters;
  const live = useLiveQuery<Listing<IncidentRow>>({
    clusterId: null,
    url: apiPath('/alerts/incidents', {
      q: list.q,
      ...filters,
      state: 'all',
      range: span || '7d',
      page: list.page,
    }),
    initial,
  });
  const data = live.data ?? initial;
  return (
    <DataTable
      caption="Alerts, newest first"
      columns={pastColumns}
      rows={data.rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.summary}
      density="two"
      paging={{ page: list.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
      problem={live.problem ?? null}
      onRetry={live.refetch}
      actions={(row) => [
        { label: 'Open', href: paths.incident(row.id) },
        { label: 'All of this rule', href: paths.alertHistory({ ruleId: row.ruleId, span: '90d' }) },
      ]}
      tools={
        <>
          <SearchInput
            label="Alert, rule, object or person"
            value={list.q}
            onChange={(event) => list.setQ(event.target.value)}
          />
          <Segmented
            label="Time"
            value={span || '7d'}
            onChange={(value) => list.setFilter('span', value === '7d' ? '' : value)}
            segments={spans}
          />
          <Select
            aria-label="Severity"
            value={list.filters.severity}
            options={[
              { value: '', label: 'Every severity' },
              { value: 'critical', label: 'Critical' },
              { value: 'warning', label: 'Warning' },
              { value: 'note', label: 'Note' },
            ]}
            onChange={(event) => list.setFilter('severity', event.target.value)}
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
            noun="alert"
            asked={list.asked}
            total={formatCountOf(data.totalUnfiltered, 'alert', 'alerts')}
            onClear={list.clear}
          />
        ) : (
          <Empty title="No alert in the last 7 days">Choose a longer time above.</Empty>
        )
      }
    />
  );
}
