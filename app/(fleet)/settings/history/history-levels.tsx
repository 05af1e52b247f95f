'use client';

import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Bar } from '#components/ui/progress.tsx';
import { Bank, KeyValues } from '#components/ui/section.tsx';
import { Bytes, Count } from '#components/values/numbers.tsx';
import { DateTime } from '#components/values/time.tsx';
import type { HistoryState } from '#lib/model/history.ts';

type Level = HistoryState['levels'][number];

const names: Record<Level['level'], string> = {
  scrapes: 'Every reading',
  minutes: 'A number a minute',
  quarters: 'A number every 15 minutes',
};

const columns: Column<Level>[] = [
  { id: 'level', header: 'Kept as', cell: ({ level }) => names[level] },
  { id: 'bytes', header: 'Size', align: 'right', cell: ({ bytes }) => <Bytes value={bytes} /> },
  { id: 'chunks', header: 'Chunks', align: 'right', rank: 1, cell: ({ chunks }) => <Count value={chunks} /> },
  {
    id: 'since',
    header: 'Since',
    cell: ({ since }) =>
      since === null ? <span className="text-ink-3">None yet</span> : <DateTime at={since} />,
  },
];

/** What history takes now, and whether it can be written. */
export function HistoryLevels({ state }: { state: HistoryState }) {
  const maxBytes = state.settings.maxGigabytes * 1e9;
  return (
    <div className="grid gap-4">
      {state.problem === null ? null : (
        <Notice tone="critical" title="The newest numbers could not be written.">
          {state.problem} Live pictures and alerts go on; charts have a gap until it is put right.
        </Notice>
      )}
      <Bank title="What is kept" isPadded>
        <div className="grid gap-4">
          <KeyValues
            items={[
              ['Series', <Count key="series" value={state.series} />],
              [
                'Kept',
                <span key="kept" className="inline-grid gap-1">
                  <span>
                    <Bytes value={state.keptBytes} /> of at most <Bytes value={maxBytes} />
                  </span>
                  <Bar share={Math.min(1, state.keptBytes / maxBytes)} />
                </span>,
              ],
              ['On disk, with indexes and room in them', <Bytes key="used" value={state.usedBytes} />],
              ...(state.freeBytes === null
                ? []
                : [['Free on that disk', <Bytes key="free" value={state.freeBytes} />] as const]),
              ...(state.lost === 0
                ? []
                : [
                    [
                      'Readings lost since this process began',
                      <Count key="lost" value={state.lost} />,
                    ] as const,
                  ]),
            ]}
          />
          <DataTable
            caption="History by how finely it is kept"
            columns={columns}
            rows={state.levels}
            rowKey={({ level }) => level}
            rowLabel={({ level }) => names[level]}
            empty={null}
          />
        </div>
      </Bank>
    </div>
  );
}
