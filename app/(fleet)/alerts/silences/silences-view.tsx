'use client';

import { useMemo, useState } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Empty } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { State } from '#components/ui/mark.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { DateTime, Duration } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { IncidentMatch } from '#lib/model/alert-route.ts';
import type { Problem } from '#lib/model/problem.ts';
import { apiPath } from '#lib/paths.ts';
import type { SilenceRow } from '#lib/services/silence/list-silences.ts';
import { endSilenceAction } from '../actions.ts';
import { type Clusters, matchInWords } from '../match-fields.tsx';
import { SilenceSheet } from '../silence-sheet.tsx';

const everything = IncidentMatch.parse({});

const columnsFor = (nameOf: (id: string) => string): Column<SilenceRow>[] => [
  {
    id: 'what',
    header: 'Held back',
    cell: (row) => <span className="font-semibold wrap-anywhere">{matchInWords(row.match, nameOf)}</span>,
  },
  {
    id: 'state',
    header: 'State',
    cell: (row) => (row.isActive ? <State mark="off">Silenced</State> : <State mark="ok">Ended</State>),
  },
  { id: 'reason', header: 'Why', cell: (row) => <span className="wrap-anywhere">{row.reason}</span> },
  { id: 'by', header: 'Who', rank: 1, cell: (row) => row.createdByName },
  { id: 'from', header: 'From', align: 'right', rank: 2, cell: (row) => <DateTime at={row.startsAt} /> },
  {
    id: 'until',
    header: 'Until',
    align: 'right',
    cell: (row) => (
      <>
        <DateTime at={row.endsAt} />
        {row.isActive ? (
          <div className="text-xs text-ink-3">
            <Duration ms={Math.max(0, Date.parse(row.endsAt) - Date.now())} /> left
          </div>
        ) : null}
      </>
    ),
  },
];

/** What is held back, by whom, why and until when. */
export function SilencesView({
  initial,
  clusters,
  maySilence,
}: {
  initial: { rows: SilenceRow[] };
  clusters: Clusters;
  maySilence: boolean;
}) {
  const live = useLiveQuery<{ rows: SilenceRow[] }>({
    clusterId: null,
    url: apiPath('/alerts/silences', {}),
    initial,
  });
  const [match, setMatch] = useState<IncidentMatch | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const columns = useMemo(
    () => columnsFor((id) => clusters.find((one) => one.id === id)?.name ?? id),
    [clusters],
  );
  const end = async ({ id }: SilenceRow) => {
    setProblem(null);
    const result = await endSilenceAction({ id });
    if (result.ok) showToast({ outcome: 'good', title: 'The silence has ended. What is open is told.' });
    else setProblem(result.problem);
    live.refetch();
  };
  return (
    <>
      {problem ? <ProblemLine problem={problem} title="Not ended." /> : null}
      <DataTable
        caption="Silences, those that hold first"
        columns={columns}
        rows={live.data?.rows ?? initial.rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.reason}
        density="two"
        isGrey={(row) => !row.isActive}
        problem={live.problem ?? null}
        onRetry={live.refetch}
        actions={(row) =>
          maySilence
            ? [
                ...(row.isActive ? [{ label: 'End silence', onSelect: () => void end(row) }] : []),
                { label: 'Silence the same again', onSelect: () => setMatch(row.match) },
              ]
            : []
        }
        tools={
          maySilence ? (
            <Button variant="primary" onClick={() => setMatch(everything)}>
              Silence alerts
            </Button>
          ) : null
        }
        empty={
          <Empty title="Nothing is silenced">
            Before planned work a silence keeps people asleep. It has an end and a reason, and alerts are
            still shown.
          </Empty>
        }
      />
      <SilenceSheet match={match} clusters={clusters} onClose={() => setMatch(null)} onDone={live.refetch} />
    </>
  );
}
