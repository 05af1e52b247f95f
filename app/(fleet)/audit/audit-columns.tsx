import type { Column } from '#components/data-table/column.ts';
import { type MarkName, State } from '#components/ui/mark.tsx';
import { ObjectName } from '#components/values/numbers.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import type { AuditEntry } from '#lib/model/audit.ts';

const outcomes: Record<AuditEntry['outcome'], [MarkName, string]> = {
  succeeded: ['ok', 'Succeeded'],
  failed: ['critical', 'Failed'],
  unknown: ['unknown', 'Outcome unknown'],
  denied: ['warning', 'Refused'],
  started: ['work', 'Without an end'],
};

/** How an operation ended, by mark and word. */
export function Outcome({ outcome }: { outcome: AuditEntry['outcome'] }) {
  const [mark, word] = outcomes[outcome];
  return <State mark={mark}>{word}</State>;
}

export const auditColumns: Column<AuditEntry>[] = [
  { id: 'at', header: 'When', cell: (row) => <TimeAgo at={row.at} /> },
  { id: 'outcome', header: 'Outcome', cell: (row) => <Outcome outcome={row.outcome} /> },
  { id: 'action', header: 'What', cell: (row) => <span className="name">{row.action}</span> },
  {
    id: 'target',
    header: 'On what',
    cell: (row) => (
      <>
        {row.targetType ? <span className="text-ink-3">{row.targetType} </span> : null}
        {row.targetId ? (
          <span className="name">
            <ObjectName name={row.targetId} />
          </span>
        ) : null}
      </>
    ),
  },
  {
    id: 'cluster',
    header: 'Cluster',
    rank: 1,
    cell: (row) =>
      row.clusterId ? (
        <span className="name">{row.clusterId}</span>
      ) : (
        <span className="text-ink-3">None</span>
      ),
  },
  {
    id: 'actor',
    header: 'Who',
    cell: (row) => (
      <>
        {row.actorName} <span className="text-ink-3">{row.actorRole === 'none' ? '' : row.actorRole}</span>
      </>
    ),
  },
  {
    id: 'via',
    header: 'Through',
    rank: 3,
    cell: (row) => (row.actorVia === 'none' ? <span className="text-ink-3">Nothing</span> : row.actorVia),
  },
  {
    id: 'ip',
    header: 'From',
    rank: 2,
    cell: (row) =>
      row.ip ? <span className="name">{row.ip}</span> : <span className="text-ink-3">Not told</span>,
  },
];
