import { ChevronRight } from 'lucide-react';
import { JsonLine } from '#components/code/payload.tsx';
import type { Column } from '#components/data-table/column.ts';
import { isShownInDigits, readableOf } from '#components/message/field-bytes.ts';
import { Tag } from '#components/ui/tag.tsx';
import { Bytes, Count } from '#components/values/numbers.tsx';
import { formatDay, formatTime } from '#lib/format.ts';
import type { MessageField, MessageRow } from '#lib/model/message.ts';

/** What is drawn of a field in a line; the rest is in the open record. */
const lineCharacters = 400;

export const rowKeyOf = (row: Pick<MessageRow, 'partition' | 'offset'>): string =>
  `${row.partition}.${row.offset}`;

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

/** A key or a value in one line. Null, empty and bytes are said in words, so that none is mistaken for another. */
export function FieldLine({ field, absent }: { field: MessageField | null; absent: string }) {
  if (field === null) return <span className="text-ink-3">{absent}</span>;
  if (field.sizeBytes === 0) return <span className="text-ink-3">Empty</span>;
  const text = field.text.slice(0, lineCharacters);
  if (field.serde === 'json') return <JsonLine text={text} />;
  if (!isShownInDigits(field)) return <span className="codeline">{text}</span>;
  return (
    <>
      <Tag>{field.schema === null ? 'bytes' : `schema ${field.schema.id}`}</Tag>{' '}
      <span className="codeline text-ink-2">{readableOf(field) ?? text}</span>
    </>
  );
}

/** Columns of a page of messages. `day` is the day that all of them share, or null. */
export function messageColumns(
  zone: string,
  day: string | null,
  onToggle: (row: MessageRow) => void,
  openKey: string | null,
): Column<MessageRow>[] {
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
          <FieldLine field={row.key} absent="No key" />
        </span>
      ),
      width: 180,
    },
    {
      id: 'value',
      header: 'Value',
      isClipped: true,
      width: '100%',
      className: 'max-tablet:max-w-full max-tablet:basis-full',
      cell: (row) => <FieldLine field={row.value} absent="Null, a tombstone" />,
    },
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

/** The day that all records share, as its head says it; null when they do not. */
export function sharedDay(rows: readonly MessageRow[], zone: string): string | null {
  let day: string | null = null;
  for (const { timestamp } of rows) {
    if (timestamp === null) return null;
    const own = formatDay(timestamp, zone, Date.now());
    if (day !== null && own !== day) return null;
    day = own;
  }
  return day;
}
