'use client';

import { useMemo } from 'react';
import { ProblemLine, ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button } from '#components/ui/button.tsx';
import type { Search } from '#lib/client/use-search.ts';
import { formatCount } from '#lib/format.ts';
import { emptyAddress, withoutFilter } from '../message-address.ts';
import { FieldsMenu } from './fields-menu.tsx';
import { histogramShape } from './histogram-shape.ts';
import { NothingFound } from './nothing-found.tsx';
import { RecordKeyHints } from './page-list.tsx';
import { ProgressLine } from './progress-line.tsx';
import { type ListFrame, ResultList } from './result-list.tsx';
import { SearchHistogram } from './search-histogram.tsx';
import { SearchNotes } from './search-notes.tsx';

/** What is wrong with the question stands at its fields, in the bar above. */
const refused = { what: 'The search was not begun.', next: 'What is wrong is marked in the bar above.' };

/** What a search finds, as it finds it: how far it is, where over time, and the records. */
export function SearchList({ frame, search }: { frame: ListFrame; search: Search }) {
  const { address, setAddress } = frame;
  const { state, isRunning, stop } = search;
  const { plan, progress, end, problem } = state;
  const marks = useMemo(
    () => ({ paths: plan?.paths ?? [], texts: plan?.marks ?? [] }),
    [plan?.paths, plan?.marks],
  );
  const shape = useMemo(
    () =>
      plan
        ? histogramShape(
            progress?.histogram ?? null,
            plan.span,
            progress?.reachedAt ?? null,
            plan.order,
            end !== null && end.nextToken === null,
          )
        : null,
    [plan, progress?.histogram, progress?.reachedAt, end],
  );
  useKeys([
    {
      keys: 'Escape',
      label: 'Close, clear, stop',
      section: 'In a list',
      run: () => {
        if (!isRunning) return false;
        stop();
        return true;
      },
    },
  ]);
  const show = address.show === 'failed' || address.show === 'undecoded' ? address.show : 'matched';
  const isRefused = problem !== null && plan === null;
  const isOver = !isRunning && state.rows.length === 0 && !problem;
  return (
    <>
      {isRefused ? null : (
        <ProgressLine
          search={search}
          shown={show}
          onShow={(next) => setAddress({ ...address, show: next === 'matched' ? '' : next, page: '' })}
          onUncommitted={() => setAddress({ ...address, isolation: 'read_uncommitted', page: '' })}
          end={<FieldsMenu rows={state.rows} frame={frame} />}
        />
      )}
      {shape && shape.bars.length + Number(isRunning) > 0 ? (
        <SearchHistogram
          shape={shape}
          onNarrow={(fromMs, toMs) =>
            setAddress({
              ...address,
              from: new Date(fromMs).toISOString(),
              to: new Date(toMs).toISOString(),
              page: '',
            })
          }
        />
      ) : null}
      <SearchNotes state={state} />
      {problem && !isRefused ? <ProblemLine problem={problem} title="The search ended early." /> : null}
      <ResultList
        frame={frame}
        topicId={plan?.topicId ?? ''}
        rows={state.rows.length === 0 && !isOver ? undefined : state.rows}
        marks={marks}
        isBusy={false}
        missing={end?.missing}
        loading={isRunning ? 'Searching. Records appear here as they are found.' : ''}
        problem={
          isRefused ? (
            <ProblemNotice
              problem={problem.fields ? { ...problem, ...refused } : problem}
              onRetry={search.run}
              actions={
                <>
                  <Button onClick={() => setAddress(withoutFilter(address))}>Clear the conditions</Button>
                  {problem.fields ? (
                    <Button onClick={() => setAddress(emptyAddress)}>Start from the newest</Button>
                  ) : null}
                </>
              }
            />
          ) : problem && state.rows.length === 0 ? (
            <span />
          ) : null
        }
        empty={<NothingFound frame={frame} search={search} shown={show} />}
      />
      {state.rows.length > 0 ? (
        <div className="foot">
          <span>
            {state.droppedRows > 0
              ? `Matches ${formatCount(state.droppedRows + 1)}–${formatCount(state.droppedRows + state.rows.length)}; those before are not kept in the browser.`
              : `Rows 1–${formatCount(state.rows.length)}${isRunning ? ' so far; more arrive below as the search goes on' : ''}`}
          </span>
          {!isRunning && end?.nextToken ? (
            <Button size="sm" onClick={search.goOn}>
              Continue
            </Button>
          ) : null}
          <RecordKeyHints />
        </div>
      ) : null}
    </>
  );
}
