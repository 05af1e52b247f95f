'use client';

import { Mark } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { formatBytes, formatCount, formatCountOf } from '#lib/format.ts';
import type { ProduceManyPlan } from '#lib/model/message-many.ts';
import type { LineError } from '#lib/model/record-lines.ts';
import type { ManyEnd } from './use-many-run.ts';

const mostShown = 8;
const size = (bytes: number): string => {
  const { value, unit } = formatBytes(bytes);
  return `${value} ${unit}`;
};

/** The first lines that are wrong, each with what is wrong with it. */
export function WrongLines({ errors, wrong }: { errors: readonly LineError[]; wrong: number }) {
  if (wrong === 0) return null;
  return (
    <Notice
      tone="critical"
      isAnnounced
      title={`${formatCountOf(wrong, 'line is', 'lines are')} wrong. Nothing has been written.`}
    >
      <ul className="mt-1 grid gap-1">
        {errors.slice(0, mostShown).map(({ line, message }) => (
          <li key={`${line}-${message}`} className="grid grid-cols-[64px_minmax(0,1fr)] gap-2">
            <span className="text-ink-2">Line {formatCount(line)}</span>
            <span className="break-words">{message}</span>
          </li>
        ))}
      </ul>
      {wrong > mostShown ? <p className="mt-1">And {formatCount(wrong - mostShown)} more.</p> : null}
    </Notice>
  );
}

/** What writing would do: how much, to which partitions, and the first records as they would be sent. */
export function PlanOfMany({
  sum,
  ignored,
}: {
  sum: Omit<ProduceManyPlan, 'digest'>;
  ignored: readonly string[];
}) {
  const most = Math.max(1, ...sum.partitions.map(({ records }) => records));
  return (
    <section aria-label="What would be written" className="grid gap-3">
      <p className="flex items-center gap-2 font-semibold">
        <Mark name="good" />
        {formatCountOf(sum.records, 'record', 'records')}, {size(sum.bytes)}, can be written.
      </p>
      <p className="text-xs text-ink-3">
        {[
          sum.keySchema === null ? '' : `Keys by schema id ${sum.keySchema}.`,
          sum.valueSchema === null ? '' : `Values by schema id ${sum.valueSchema}.`,
          ignored.length === 0 ? '' : `Not taken over: ${ignored.join(', ')}.`,
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      <table className="w-full text-left">
        <caption className="mb-1 text-left text-xs text-ink-3">Records by partition</caption>
        <thead className="text-2xs text-ink-3">
          <tr>
            <th scope="col" className="w-[80px] font-normal">
              Partition
            </th>
            <th scope="col" className="w-[90px] pr-3 text-right font-normal">
              Records
            </th>
            <th scope="col" className="font-normal">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {sum.partitions.slice(0, 24).map(({ partition, records }) => (
            <tr key={partition} className="border-t border-line">
              <td className="py-0.5">{partition}</td>
              <td className="pr-3 text-right">{formatCount(records)}</td>
              <td aria-hidden="true">
                <span
                  className="block h-1.5 rounded-sm bg-series-1"
                  style={{ width: `${Math.max(1, (records / most) * 100)}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sum.partitions.length > 24 ? (
        <p className="text-xs text-ink-3">And {formatCount(sum.partitions.length - 24)} more partitions.</p>
      ) : null}
      <table className="w-full table-fixed text-left">
        <caption className="mb-1 text-left text-xs text-ink-3">
          The first records as they would be sent: key and value, the first bytes in hexadecimal
        </caption>
        <tbody className="font-mono text-xs">
          {sum.sample.map(({ line, partition, key, value, sizeBytes }) => (
            <tr key={line} className="border-t border-line align-top">
              <th scope="row" className="w-[132px] py-1 pr-2 font-sans font-normal text-ink-2">
                Line {formatCount(line)}
                <span className="block text-2xs text-ink-3">
                  to partition {partition}, {size(sizeBytes)}
                </span>
              </th>
              <td className="w-[28%] py-1 pr-2 break-all">{key ?? 'null'}</td>
              <td className="py-1 break-all">{value ?? 'null'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How far checking or writing is. */
export function Underway({ share, words }: { share: number; words: string }) {
  return (
    <div className="grid gap-1">
      <Progress share={share} label={words} />
      <p className="text-xs text-ink-2">{words}</p>
    </div>
  );
}

/** What became of them: the counts are exact where the broker answered, and said to be unknown where it did not. */
export function EndOfMany({ end }: { end: ManyEnd }) {
  if (!end.problem)
    return (
      <Notice
        tone="good"
        isAnnounced
        title={`${formatCountOf(end.acknowledged, 'record was', 'records were')} written and acknowledged.`}
      >
        {offsetsOf(end)}
      </Notice>
    );
  return (
    <Notice
      tone={end.unknown > 0 ? 'warning' : 'critical'}
      isAnnounced
      title={`${formatCount(end.acknowledged)} of ${formatCountOf(end.total, 'record was', 'records were')} written and acknowledged.`}
    >
      <p>
        {end.unknown > 0
          ? `${formatCountOf(end.unknown, 'record has', 'records have')} no answer: they may be there. `
          : ''}
        {end.notWritten > 0
          ? `${formatCountOf(end.notWritten, 'record was', 'records were')} not written. `
          : ''}
        {end.problem.what} {end.problem.next}
      </p>
      {end.lines.length > 0 ? (
        <p className="mt-1">
          The first line that was not acknowledged is {formatCount(Math.min(...end.lines))}.
        </p>
      ) : null}
      <p className="mt-1">{offsetsOf(end)}</p>
    </Notice>
  );
}

function offsetsOf({ places }: ManyEnd): string {
  const byPartition = new Map<number, { first: string | null; records: number }>();
  for (const { partition, offset, records } of places) {
    const known = byPartition.get(partition);
    if (known) known.records += records;
    else byPartition.set(partition, { first: offset, records });
  }
  const parts = [...byPartition].sort(([a], [b]) => a - b);
  const shown = parts.slice(0, 6).map(([partition, { first, records }]) => {
    const from = first === null ? '' : ` from offset ${formatCount(first)}`;
    return `${formatCount(records)} to partition ${partition}${from}`;
  });
  if (parts.length === 0) return '';
  return `${shown.join(', ')}${parts.length > 6 ? `, and ${parts.length - 6} more partitions` : ''}.`;
}
