'use client';

import { useState } from 'react';
import { openColumns } from '#components/alert/incident-columns.tsx';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { SearchInput, Select } from '#components/ui/input.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { IncidentRow, IncidentSummary } from '#lib/model/incident-view.ts';
import type { Listing } from '#lib/model/listing.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import type { Clusters } from './match-fields.tsx';
import { matchOf, SilenceSheet } from './silence-sheet.tsx';

const everyMs = 5_000;

type Props = {
  initial: Listing<IncidentRow>;
  clusters: Clusters;
  counts: IncidentSummary | null;
  can: { acknowledge: boolean; silence: boolean };
  /** How many rules are on; null when that is not known. */
  rules: number | null;
  /** Nobody would be told: no route leads to a channel. Null for those who may not know. */
  isTold: boolean | null;
};

/** What is wrong now, worst first, and who looks after it. */
export function OpenAlerts({ initial, clusters, counts, can, rules, isTold }: Props) {
  const list = useListUrl({ sort: 'since', filters: ['state', 'clusterId', 'severity', 'ruleId'] });
  const live = useLiveQuery<Listing<IncidentRow>>({
    clusterId: null,
    url: apiPath('/alerts/incidents', { q: list.q, ...list.filters, page: list.page }),
    initial,
    everyMs,
  });
  const sums = useLiveQuery<IncidentSummary>({
    clusterId: null,
    url: apiPath('/alerts/count', {}),
    initial: counts ?? undefined,
    everyMs,
  }).data;
  const [acknowledged, setAcknowledged] = useState<IncidentRow | null>(null);
  const [silenced, setSilenced] = useState<IncidentRow | null>(null);
  const data = live.data ?? initial;
  return (
    <div className="grid gap-3">
      {isTold === false && rules !== 0 ? (
        <Notice
          tone="warning"
          title="Nobody is told."
          end={<ButtonLink href={paths.alertDelivery()}>Set up delivery</ButtonLink>}
        >
          No route leads to a channel, so alerts are shown here only.
        </Notice>
      ) : null}
      <DataTable
        caption="Open alerts, worst first"
        columns={openColumns}
        rows={data.rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.summary}
        density="two"
        isGrey={(row) => row.silencedUntil !== null}
        paging={{ page: list.page, pageSize: data.pageSize, total: data.total, onPage: list.setPage }}
        problem={live.problem ?? null}
        onRetry={live.refetch}
        actions={(row) => [
          { label: 'Open', href: paths.incident(row.id) },
          ...(row.aboutHref ? [{ label: `Open ${row.about}`, href: row.aboutHref }] : []),
          ...(can.acknowledge
            ? [
                {
                  label: 'Acknowledge',
                  onSelect: () => setAcknowledged(row),
                  ...(row.acknowledgedAt === null
                    ? {}
                    : { isDisabled: true, reason: `${row.acknowledgedBy} has.` }),
                },
              ]
            : []),
          ...(can.silence ? [{ label: 'Silence', onSelect: () => setSilenced(row) }] : []),
        ]}
        tools={
          <>
            <SearchInput
              label="Alert, rule, object or person"
              value={list.q}
              onChange={(event) => list.setQ(event.target.value)}
            />
            <Segmented
              label="Standing"
              value={list.filters.state || 'open'}
              onChange={(value) => list.setFilter('state', value === 'open' ? '' : value)}
              segments={[
                { value: 'open', label: 'Open', count: sums?.open },
                { value: 'waiting', label: 'Waiting', count: sums?.waiting },
                {
                  value: 'acknowledged',
                  label: 'Acknowledged',
                  count: sums ? sums.open - sums.waiting : undefined,
                },
              ]}
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
              noun="open alert"
              asked={list.asked}
              total={formatCountOf(sums?.open ?? data.totalUnfiltered, 'open alert', 'open alerts')}
              onClear={list.clear}
            />
          ) : rules === 0 ? (
            <Empty
              title="No rule looks for trouble"
              actions={
                <ButtonLink href={paths.alertRules()} variant="primary">
                  Open the rules
                </ButtonLink>
              }
            >
              A set for the first day is offered there, with one click.
            </Empty>
          ) : (
            <Empty
              title="Nothing is wrong"
              actions={<ButtonLink href={paths.alertHistory()}>Open the history</ButtonLink>}
            >
              {rules === null ? 'No rule' : `None of ${formatCountOf(rules, 'rule', 'rules')}`} holds now.
            </Empty>
          )
        }
      />
      <AcknowledgeDialog
        incident={acknowledged}
        onClose={() => setAcknowledged(null)}
        onDone={live.refetch}
      />
      <SilenceSheet
        match={silenced ? matchOf(silenced) : null}
        clusters={clusters}
        onClose={() => setSilenced(null)}
        onDone={live.refetch}
      />
    </div>
  );
}
