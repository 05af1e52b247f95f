'use client';

import { useMemo } from 'react';
import { DiffView } from '#components/code/diff-view.tsx';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { PreviewLine } from '#components/message/preview-line.tsx';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { DateTime } from '#components/values/time.tsx';
import { type Search, useSearch } from '#lib/client/use-search.ts';
import { formatCount, formatCountOf, formatPercent } from '#lib/format.ts';
import type { MessageRow } from '#lib/model/message.ts';
import { emptyAddress, messagesUrl } from '../message-address.ts';
import { rowKeyOf } from '../results/row-key.ts';
import { searchWords, shareOf } from '../results/search-words.ts';
import { fieldDiff } from './field-diff.ts';

/** More versions than these are not drawn at once. */
const mostShown = 500;

/** All versions of one key that the topic still holds, the oldest first, each as what changed since the one before. */
export function KeyHistory({
  clusterId,
  topic,
  keyText,
  parameter,
  onClose,
}: {
  clusterId: string;
  topic: string;
  /** The key as people read it. */
  keyText: string;
  /** The key as the search takes it. */
  parameter: string;
  onClose: () => void;
}) {
  const address = { ...emptyAddress, order: 'oldest', key: parameter };
  const search = useSearch(messagesUrl(clusterId, topic, address, '/search'), (token) =>
    messagesUrl(clusterId, topic, { ...address, page: token }, '/search'),
  );
  const { state } = search;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      kind="plan"
      title={
        <>
          Versions of <span className="name [overflow-wrap:anywhere]">{keyText.slice(0, 80)}</span>
        </>
      }
      description="Every record of this key that the topic holds, oldest first. Compaction and retention may have removed earlier ones."
    >
      <HistoryLine search={search} />
      {state.problem ? (
        <ProblemNotice problem={state.problem} onRetry={search.run} />
      ) : (
        <Versions rows={state.rows} isRunning={search.isRunning} />
      )}
      {state.rows.length > mostShown ? (
        <Notice tone="note" isSlim>
          The first {formatCount(mostShown)} of {formatCount(state.rows.length)} versions are drawn.
        </Notice>
      ) : null}
    </Sheet>
  );
}

/** How far the search for versions is, and what ended it. */
function HistoryLine({ search }: { search: Search }) {
  const { progress, end, rows } = search.state;
  const { mark, word } = searchWords(search.state);
  const share = progress ? shareOf(progress.plannedOffsets, progress.doneOffsets) : 0;
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
      <span className="inline-flex items-center gap-1.5 text-sm font-semibold text-ink">
        <Mark name={mark} /> {word}
      </span>
      <span>{formatCountOf(rows.length, 'version', 'versions')}</span>
      {progress ? (
        <span>
          {formatPercent(share)} of {formatCountOf(progress.plannedOffsets, 'offset', 'offsets')} searched
        </span>
      ) : null}
      {end?.missing.map((part) => (
        <span key={part.part}>{part.sentence}</span>
      ))}
      <span className="ml-auto">
        {search.isRunning ? (
          <Button size="sm" onClick={search.stop}>
            Stop
          </Button>
        ) : end?.nextToken ? (
          <Button size="sm" onClick={search.goOn}>
            Continue
          </Button>
        ) : null}
      </span>
    </div>
  );
}

function Versions({ rows, isRunning }: { rows: readonly MessageRow[]; isRunning: boolean }) {
  if (rows.length === 0)
    return isRunning ? null : (
      <p className="text-ink-2">No record of this key is left in what was searched.</p>
    );
  return (
    <ol className="flex flex-col gap-3">
      {rows.slice(0, mostShown).map((row, index) => (
        <li key={rowKeyOf(row)}>
          <Version row={row} before={rows[index - 1] ?? null} number={index + 1} />
        </li>
      ))}
    </ol>
  );
}

function Version({ row, before, number }: { row: MessageRow; before: MessageRow | null; number: number }) {
  const diff = useMemo(() => (before ? fieldDiff('value', before.value, row.value) : null), [before, row]);
  return (
    <>
      <p className="mb-1 flex flex-wrap items-baseline gap-x-3 text-xs">
        <b className="text-sm">{formatCount(number)}</b>
        <span>
          {row.timestamp === null ? row.timestampMs : <DateTime at={row.timestamp} precision="ms" />}
        </span>
        <span className="text-ink-3">
          partition {row.partition}, offset {formatCount(row.offset)}
        </span>
        {row.value === null ? <span className="font-semibold">Deleted by a tombstone</span> : null}
      </p>
      {diff === null || row.value === null || before?.value === null ? (
        <p className="overflow-hidden rounded-sm bg-sunken px-2.5 py-1.5 text-ellipsis [&_.codeline]:whitespace-pre-wrap [&_.codeline]:[overflow-wrap:anywhere]">
          <PreviewLine field={row.value} side="value" absent="Null, a tombstone" />
        </p>
      ) : diff.changes.length === 0 ? (
        <p className="text-xs text-ink-3">The same value again</p>
      ) : (
        <DiffView
          title={formatCountOf(diff.changes.length, 'field changed', 'fields changed')}
          changes={diff.changes}
          unchanged={diff.unchanged}
        />
      )}
    </>
  );
}
