import Link from 'next/link';
import type { Column } from '#components/data-table/column.ts';
import { EnvChip } from '#components/ui/environment.tsx';
import { State } from '#components/ui/mark.tsx';
import { Age, ClockTime, Duration, TimeAgo } from '#components/values/time.tsx';
import type { IncidentRow } from '#lib/model/incident-view.ts';
import { paths } from '#lib/paths.ts';
import { severityWords } from './rule-words.ts';

/** Severity by mark and word. One that has ended, or is held back, is no cause for colour. */
export function IncidentSeverity({
  row,
}: {
  row: Pick<IncidentRow, 'severity' | 'resolvedAt' | 'silencedUntil'>;
}) {
  const isQuiet = row.resolvedAt !== null || row.silencedUntil !== null;
  return <State mark={isQuiet ? 'ok' : row.severity}>{severityWords[row.severity]}</State>;
}

/** Who looks after it, or what became of it. */
export function IncidentStanding({ row }: { row: IncidentRow }) {
  if (row.resolvedAt !== null) return <State mark="ok">Resolved</State>;
  if (row.silencedUntil !== null)
    return (
      <>
        <State mark="off">Silenced</State>
        <div className="text-xs text-ink-3">
          until <ClockTime at={row.silencedUntil} />
        </div>
      </>
    );
  if (row.acknowledgedAt === null) return <State mark="note">Waits for somebody</State>;
  return (
    <>
      <State mark="work">Acknowledged</State>
      <div className="text-xs text-ink-3">by {row.acknowledgedBy}</div>
    </>
  );
}

const what: Column<IncidentRow> = {
  id: 'what',
  header: 'What',
  cell: (row) => (
    <>
      <Link href={paths.incident(row.id)} className="font-semibold wrap-anywhere">
        {row.summary}
      </Link>
      <div className="text-xs text-ink-3">
        {row.ruleName}
        {row.owner ? `, ${row.owner}` : ''}
      </div>
    </>
  ),
};

const severity: Column<IncidentRow> = {
  id: 'severity',
  header: 'Severity',
  width: 110,
  cell: (row) => <IncidentSeverity row={row} />,
};

const cluster: Column<IncidentRow> = {
  id: 'cluster',
  header: 'Cluster',
  rank: 1,
  cell: (row) => (
    <>
      <div>{row.clusterName}</div>
      {row.environment ? (
        <EnvChip environment={row.environment} />
      ) : (
        <span className="text-xs text-ink-3">Removed</span>
      )}
    </>
  ),
};

const standing: Column<IncidentRow> = {
  id: 'standing',
  header: 'Standing',
  width: 170,
  cell: (row) => <IncidentStanding row={row} />,
};

/** Of what is wrong now: how long, and how it looks. */
export const openColumns: Column<IncidentRow>[] = [
  severity,
  what,
  {
    id: 'since',
    header: 'Since',
    align: 'right',
    cell: (row) => (
      <>
        <ClockTime at={row.openedAt} />
        <div className="text-xs text-ink-3">
          <Age since={row.openedAt} />
        </div>
      </>
    ),
  },
  {
    id: 'now',
    header: 'Now',
    rank: 2,
    cell: (row) => row.now ?? <State mark="unknown">Unknown</State>,
  },
  cluster,
  standing,
];

/** Of what was: when, and for how long. */
export const pastColumns: Column<IncidentRow>[] = [
  severity,
  what,
  {
    id: 'opened',
    header: 'Began',
    align: 'right',
    cell: (row) => <TimeAgo at={row.openedAt} />,
  },
  {
    id: 'lasted',
    header: 'Lasted',
    align: 'right',
    rank: 2,
    cell: (row) =>
      row.resolvedAt === null ? (
        'Still open'
      ) : (
        <Duration ms={Date.parse(row.resolvedAt) - Date.parse(row.openedAt)} />
      ),
  },
  cluster,
  standing,
];
