'use client';

import { useMemo } from 'react';
import { subjectInWords } from '#components/alert/rule-words.ts';
import { valueText } from '#components/charts/series-format.ts';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { DateTime, Duration } from '#components/values/time.tsx';
import type { RulePreview } from '#lib/model/alert-preview.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';

type Row = RulePreview['episodes'][number];

/** When it would have fired and for whom; a press on one draws it. */
export function EpisodesTable({
  preview: { episodes, fired, chart },
  series,
  onFocus,
}: {
  preview: RulePreview;
  series: SeriesKind;
  onFocus: (clusterId: string, subject: string) => void;
}) {
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        id: 'who',
        header: 'Who',
        cell: (row) => (
          <button type="button" className="link name" onClick={() => onFocus(row.clusterId, row.subject)}>
            {subjectInWords(series, row.subject)}
          </button>
        ),
      },
      { id: 'cluster', header: 'Cluster', rank: 2, cell: (row) => row.clusterId },
      { id: 'from', header: 'From', cell: (row) => <DateTime at={row.fromMs} /> },
      {
        id: 'lasted',
        header: 'Lasted',
        align: 'right',
        cell: (row) => (row.toMs === null ? 'Still does' : <Duration ms={row.toMs - row.fromMs} />),
      },
      {
        id: 'worst',
        header: 'Worst',
        align: 'right',
        cell: (row) => (row.peak === null ? 'Not known' : valueText(series, row.peak)),
      },
    ],
    [series, onFocus],
  );
  return (
    <DataTable
      caption="When it would have fired"
      columns={columns}
      rows={episodes}
      rowKey={(row) => `${row.clusterId} ${row.subject} ${row.fromMs}`}
      rowLabel={(row) => subjectInWords(series, row.subject)}
      isSticky={false}
      openKey={null}
      footNote={fired > episodes.length ? `The newest ${episodes.length} of ${fired}` : undefined}
      isGrey={(row) => chart !== null && (row.subject !== chart.subject || row.clusterId !== chart.clusterId)}
      empty={null}
    />
  );
}
