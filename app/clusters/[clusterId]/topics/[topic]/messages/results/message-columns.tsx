import { ChevronRight } from 'lucide-react';
import type { Column } from '#components/data-table/column.ts';
import { PreviewLine } from '#components/message/preview-line.tsx';
import type { Marks } from '#components/message/preview-pieces.ts';
import { seenText } from '#components/message/seen-text.ts';
import { Bytes, Count } from '#components/values/numbers.tsx';
import { formatDay, formatTime } from '#lib/format.ts';
import type { MessageRow } from '#lib/model/message.ts';
import { columnId } from './column-id.ts';
import { rowKeyOf } from './row-key.ts';

/** A moment with its thousandths in grey; what no calendar has is shown as the number it is. */
function RecordTime({ row, zone, day }: { row: MessageRow; zone: string; day: string | null }) {
  if (row.timestamp === null) {
    return row.timestampMs === '-1' ? (
      <span className="text-ink-3">No timestamp</span>
    ) : (
      <span className="name">{row.timestampMs}</span>
    );
  }
  const text = formatTime(row.timestamp, zone, 'ms');
  const own = formatDay(row.timestamp, zone, Date.now());
  return (
    <time dateTime={row.timestamp}>
      {own === day ? '' : `${own} `}
      {text.slice(0, -4)}
      <span className="text-ink-3">{text.slice(-4)}</span>
    </time>
  );
}

/** Columns of a list of messages. `day` is the day that all of them share, or null. */
export function messageColumns({
  zone,
  day,
  fields,
  marks,
  hasSchema,
  onToggle,
  openKey,
}: {
  zone: string;
  day: string | null;
  /** Paths of the fields that stand as columns of their own, in their order. */
  fields: readonly string[];
  marks: Marks;
  hasSchema: boolean;
  onToggle: (row: MessageRow) => void;
  openKey: string | null;
}): Column<MessageRow>[] {
  return [
    {
      id: 'time',
      header: day ? `Time, ${day}` : 'Time',
      cell: (row) => (
        <span className="inline-flex items-center gap-1">
          <button
            type="button"
            className="-ml-1 inline-flex size-6 items-center justify-center text-ink-3"
            aria-expanded={openKey === rowKeyOf(row)}
            aria-label={`Record at partition ${row.partition}, offset ${row.offset}`}
            onClick={() => onToggle(row)}
          >
            <ChevronRight className={openKey === rowKeyOf(row) ? 'ic rotate-90' : 'ic'} aria-hidden="true" />
          </button>
          <RecordTime row={row} zone={zone} day={day} />
        </span>
      ),
      width: 116,
    },
    {
      id: 'partition',
      header: 'Part.',
      align: 'right',
      cell: (row) => (
        <>
          <span className="text-xs text-ink-3 tablet:hidden">Partition </span>
          <Count value={row.partition} />
        </>
      ),
      width: 44,
    },
    {
      id: 'offset',
      header: 'Offset',
      align: 'right',
      cell: (row) => (
        <span className="name">
          <Count value={row.offset} />
        </span>
      ),
      width: 84,
    },
    {
      id: 'key',
      header: 'Key',
      cell: (row) => (
        <span className="inline-block max-w-[168px] overflow-hidden align-bottom tablet:block text-ellipsis text-ink-2">
          <PreviewLine field={row.key} side="key" absent="No key" marks={marks} />
        </span>
      ),
      width: 180,
    },
    ...fields.map((path, index) => fieldColumn(path, index)),
    {
      id: 'value',
      header: marks.paths.length > 0 ? 'Value, matched field first' : 'Value',
      label: 'Value',
      isClipped: true,
      width: '100%',
      className: 'max-tablet:max-w-full max-tablet:basis-full',
      cell: (row) => <PreviewLine field={row.value} side="value" absent="Null, a tombstone" marks={marks} />,
    },
    ...(hasSchema ? [schemaColumn] : []),
    {
      id: 'headers',
      header: 'Headers',
      align: 'right',
      rank: 2,
      cell: (row) => <Count value={row.headerCount} />,
    },
    { id: 'size', header: 'Size', align: 'right', rank: 1, cell: (row) => <Bytes value={row.sizeBytes} /> },
  ];
}

const schemaColumn: Column<MessageRow> = {
  id: 'schema',
  header: 'Schema',
  rank: 3,
  cell: (row) => {
    const schema = row.value?.schema ?? row.key?.schema;
    if (!schema) return <span className="text-ink-3">None</span>;
    return (
      <span className="text-ink-2" title={schema.name ?? undefined}>
        {schema.version === null ? `id ${schema.id}` : `v${schema.version}, id ${schema.id}`}
      </span>
    );
  },
};

/** One field of the records as a column; the server reads it out of each. */
const fieldColumn = (path: string, index: number): Column<MessageRow> => ({
  id: columnId(path),
  header: path.replace(/^value\./, ''),
  cell: (row) => {
    const own = row.columns[index] ?? null;
    const text = own === null ? null : seenText(own);
    return text === null ? (
      <span className="text-ink-3">None</span>
    ) : (
      <span
        className="codeline inline-block max-w-[220px] overflow-hidden align-bottom text-ellipsis"
        title={text}
      >
        {text}
      </span>
    );
  },
});

/** The day that all records share, as its head says it; null when they do not. */
export function sharedDay(rows: readonly MessageRow[], zone: string): string | null {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first?.timestamp || !last?.timestamp) return null;
  const day = formatDay(first.timestamp, zone, Date.now());
  // Formatting a day costs more than the rest of a row: moments of the same day as the first are told by their distance.
  const [start, end] = [Date.parse(first.timestamp) - 86_400_000, Date.parse(first.timestamp) + 86_400_000];
  const isNear = rows.every(({ timestamp }) => {
    const at = timestamp === null ? Number.NaN : Date.parse(timestamp);
    return at > start && at < end;
  });
  if (!isNear) return null;
  let [least, most] = [first.timestamp, first.timestamp];
  for (const { timestamp } of rows) {
    if (timestamp === null) return null;
    if (timestamp < least) least = timestamp;
    if (timestamp > most) most = timestamp;
  }
  return formatDay(least, zone, Date.now()) === day && formatDay(most, zone, Date.now()) === day ? day : null;
}
