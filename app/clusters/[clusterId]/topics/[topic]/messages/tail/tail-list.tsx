'use client';

import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import { Empty, PartialLine } from '#components/feedback/faces.tsx';
import { ProblemLine, ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button } from '#components/ui/button.tsx';
import { KeyHint } from '#components/ui/kbd.tsx';
import { Mark, type MarkName } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { keptTailRows, type TailState } from '#lib/client/tail-state.ts';
import type { Tail } from '#lib/client/use-tail.ts';
import { formatBytes, formatCount, formatCountOf, formatRateShort } from '#lib/format.ts';
import { FieldsMenu } from '../results/fields-menu.tsx';
import { RecordKeyHints } from '../results/page-list.tsx';
import { type ListFrame, ResultList } from '../results/result-list.tsx';

/** The records of a topic as they are written, the newest on top. */
export function TailList({
  frame,
  tail,
  isFiltered,
}: {
  frame: ListFrame;
  tail: Tail;
  /** Some of what is written is not shown. */
  isFiltered: boolean;
}) {
  const { state, isOn } = tail;
  const { plan, problem, rows } = state;
  const marks = useMemo(
    () => ({ paths: plan?.paths ?? [], texts: plan?.marks ?? [] }),
    [plan?.paths, plan?.marks],
  );
  useKeys([
    {
      keys: ' ',
      label: 'Pause or go on',
      section: 'In a tail',
      run: () => {
        if (!isOn || document.activeElement?.closest('button, a, input')) return false;
        if (state.isPaused) tail.resume();
        else tail.pause();
        return true;
      },
    },
    {
      keys: 'Escape',
      label: 'Close, clear, stop',
      section: 'In a list',
      run: () => {
        if (!isOn) return false;
        tail.stop();
        return true;
      },
    },
  ]);
  const isRefused = problem !== null && plan === null && rows.length === 0;
  return (
    <>
      {isRefused ? null : (
        <TailLine tail={tail} isFiltered={isFiltered} end={<FieldsMenu rows={rows} frame={frame} />} />
      )}
      {state.stopped?.because === 'hidden' ? (
        <Notice
          tone="warning"
          isSlim
          isAnnounced
          className="mb-1.5"
          end={
            <Button size="sm" onClick={tail.start}>
              Follow again
            </Button>
          }
        >
          <b>
            Stopped at <ClockTime at={state.stopped.at} />, while nobody saw this tab.
          </b>{' '}
          What was written since is not shown.
        </Notice>
      ) : null}
      {problem && !isRefused ? <ProblemLine problem={problem} title="The tail ended." /> : null}
      <PartialLine missing={state.progress?.missing ?? []} />
      <ResultList
        frame={frame}
        topicId={plan?.topicId ?? ''}
        rows={rows.length === 0 && state.phase === 'connecting' ? undefined : rows}
        marks={marks}
        isBusy={false}
        missing={undefined}
        loading="Asking the leaders of its partitions."
        problem={isRefused ? <ProblemNotice problem={problem} onRetry={tail.start} /> : null}
        empty={
          <Empty title={isOn ? 'Waiting for the next record' : 'No record came while this was followed'}>
            {isFiltered
              ? `${formatCountOf(state.progress?.records ?? 0, 'record was', 'records were')} written since; none of them matches.`
              : 'A record appears here as soon as it is written.'}
          </Empty>
        }
      />
      {rows.length > 0 ? (
        <div className="foot">
          <span>
            {rows.length >= keptTailRows
              ? `The newest ${formatCount(keptTailRows)} are kept here.`
              : formatCountOf(rows.length, 'record', 'records')}
          </span>
          <RecordKeyHints />
        </div>
      ) : null}
    </>
  );
}

function standing(state: TailState): { mark: MarkName; word: string } {
  if (state.phase === 'connecting') return { mark: 'work', word: 'Connecting' };
  if (state.phase === 'failed') return { mark: 'critical', word: 'Broken off' };
  if (state.phase === 'stopped') return { mark: 'off', word: 'Stopped' };
  return state.isPaused ? { mark: 'off', word: 'Paused' } : { mark: 'work', word: 'Following' };
}

/** How a tail stands: what came, how fast, what waits and what was left out. */
function TailLine({ tail, isFiltered, end }: { tail: Tail; isFiltered: boolean; end: React.ReactNode }) {
  const { state, isOn } = tail;
  const { progress } = state;
  const { mark, word } = standing(state);
  const rate = state.recordsPerSecond === null ? null : formatRateShort(state.recordsPerSecond);
  const bytes = formatBytes(progress?.bytes ?? 0, 3);
  const waiting = state.waiting.length + state.overflown;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-xs text-ink-2">
      <span
        className={`inline-flex items-center gap-1.5 text-sm font-semibold ${isOn && !state.isPaused ? 'text-water' : 'text-ink'}`}
      >
        <Mark name={mark} /> {word}
      </span>
      {progress ? (
        <>
          <span className="text-sm text-ink">
            <b>{formatCount(progress.matched)}</b>{' '}
            {isFiltered
              ? `of ${formatCountOf(progress.records, 'record matches', 'records match')}`
              : progress.matched === 1
                ? 'record'
                : 'records'}
          </span>
          {rate ? (
            <span>
              {rate.value} {rate.unit.replace('/s', '')} records/s
            </span>
          ) : null}
          <span>
            {bytes.value} {bytes.unit} read
          </span>
          {progress.failed > 0 ? <span>{formatCount(progress.failed)} could not be evaluated</span> : null}
          {progress.undecoded > 0 ? (
            <span>{formatCount(progress.undecoded)} could not be decoded</span>
          ) : null}
          {progress.dropped > 0 ? (
            <span className="font-medium text-warning">
              <Mark name="warning" /> {formatCountOf(progress.dropped, 'record', 'records')} left out: they
              came faster than they can be shown
            </span>
          ) : (
            <span className="text-ink-3">0 left out</span>
          )}
        </>
      ) : null}
      {state.isPaused ? (
        <span className="font-medium text-ink">
          {formatCountOf(waiting, 'record waits', 'records wait')}
          {state.overflown > 0 ? `, the newest ${formatCount(keptTailRows)} of them are kept` : ''}
        </span>
      ) : null}
      <span className="ml-auto flex items-center gap-2">
        <KeyHint keys={['Space']}>pause</KeyHint>
        {end}
        {isOn ? (
          <>
            <Button size="sm" onClick={state.isPaused ? tail.resume : tail.pause}>
              {state.isPaused ? (
                <>
                  <Play className="ic" aria-hidden="true" /> Go on
                </>
              ) : (
                <>
                  <Pause className="ic" aria-hidden="true" /> Pause
                </>
              )}
            </Button>
            <Button size="sm" shortcut="Esc" onClick={tail.stop}>
              Stop
            </Button>
          </>
        ) : (
          <Button size="sm" variant="primary" onClick={tail.start}>
            Follow again
          </Button>
        )}
      </span>
    </div>
  );
}
