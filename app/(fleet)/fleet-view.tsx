'use client';

import Link from 'next/link';
import { Sparkline } from '#components/charts/sparkline.tsx';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EnvChip } from '#components/ui/environment.tsx';
import { State } from '#components/ui/mark.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Bytes, Count, Rate } from '#components/values/numbers.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { ClusterCard } from '#lib/model/overview.ts';
import { apiPath, paths } from '#lib/paths.ts';

type Answer = { rows: ClusterCard[] };

const words = { critical: 'Critical', warning: 'Warning', unknown: 'Unknown', ok: 'Ok' } as const;

/** Every cluster, its worst fact first, read anew every few seconds. */
export function FleetView({ initial, canAdd }: { initial: Answer; canAdd: boolean }) {
  const live = useLiveQuery<Answer>({
    clusterId: null,
    url: apiPath('/clusters', {}),
    initial,
    everyMs: 5_000,
  });
  const rows = live.data?.rows ?? initial.rows;
  const add = canAdd ? (
    <ButtonLink href={paths.newCluster()} variant="primary" shortcut="n">
      Add cluster
    </ButtonLink>
  ) : null;
  return (
    <>
      <PageHead
        kind="verdict"
        title={verdictOf(rows)}
        facts={[formatCountOf(rows.length, 'cluster', 'clusters')]}
        actions={add}
      />
      <DataTable
        caption="Clusters, worst first"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        density="two"
        isSticky={false}
        isGrey={(row) => row.brokersUp === null}
        problem={live.problem}
        onRetry={live.refetch}
        empty={
          <Empty title="No cluster yet" actions={add}>
            {canAdd
              ? 'Add one by its bootstrap address. The connection is tested step by step before it is kept.'
              : 'An admin adds clusters, here or by a file given to the server.'}
          </Empty>
        }
      />
    </>
  );
}

function verdictOf(rows: readonly ClusterCard[]): string {
  const critical = rows.filter((row) => row.severity === 'critical');
  const warnings = rows.filter((row) => row.severity === 'warning');
  if (rows.length === 0) return 'No cluster is watched yet.';
  if (critical.length === 1) return `${critical[0]!.name}: ${critical[0]!.worst}`;
  if (critical.length > 1) return `${critical.length} of ${rows.length} clusters are in critical trouble.`;
  if (warnings.length > 0)
    return `${formatCountOf(warnings.length, 'cluster needs', 'clusters need')} a look.`;
  return rows.length === 1 ? `${rows[0]!.name} is well.` : `All ${rows.length} clusters are well.`;
}

const columns: Column<ClusterCard>[] = [
  {
    id: 'name',
    header: 'Cluster',
    cell: (row) => (
      <div>
        <Link href={paths.overview(row.id)} className="font-semibold">
          {row.name}
        </Link>
        <div className="mt-0.5 flex items-center gap-2 text-xs text-ink-3">
          <EnvChip environment={row.environment} />
          {row.isReadOnly ? <Tag>Read-only</Tag> : null}
          {row.kafkaVersion ? `Kafka ${row.kafkaVersion}` : null}
        </div>
      </div>
    ),
  },
  {
    id: 'worst',
    header: 'Worst fact',
    cell: (row) => (
      <div>
        <State mark={row.severity}>{words[row.severity]}</State>
        <div className="text-xs text-ink-2">
          {row.worst}
          {row.findings > 1 ? ` and ${row.findings - 1} more` : ''}
        </div>
      </div>
    ),
  },
  {
    id: 'brokers',
    header: 'Brokers',
    align: 'right',
    cell: (row) =>
      row.brokersUp === null ? (
        <Count value={null} />
      ) : (
        <>
          <Count value={row.brokersUp} /> <span className="text-ink-3">of {row.brokersKnown}</span>
        </>
      ),
  },
  { id: 'topics', header: 'Topics', align: 'right', rank: 1, cell: (row) => <Count value={row.topics} /> },
  {
    id: 'partitions',
    header: 'Partitions',
    align: 'right',
    rank: 2,
    cell: (row) => <Count value={row.partitions} />,
  },
  {
    id: 'thin',
    header: 'Under-replicated',
    align: 'right',
    rank: 2,
    cell: (row) => <Count value={row.underReplicated} />,
  },
  { id: 'groups', header: 'Groups', align: 'right', rank: 1, cell: (row) => <Count value={row.groups} /> },
  {
    id: 'records',
    header: 'Records in',
    align: 'right',
    cell: (row) => <Rate value={row.recordsPerSecond} isShort />,
  },
  { id: 'recent', header: 'Last hour', rank: 3, cell: (row) => <Sparkline values={row.recent} width={92} /> },
  { id: 'size', header: 'On disk', align: 'right', rank: 3, cell: (row) => <Bytes value={row.sizeBytes} /> },
  {
    id: 'age',
    header: 'Seen',
    align: 'right',
    cell: (row) => (row.asOf ? <TimeAgo at={row.asOf} /> : 'Never'),
  },
];
