'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { Search } from '#lib/client/use-search.ts';
import {
  formatBytes,
  formatCount,
  formatCountOf,
  formatDuration,
  formatPercent,
  formatRateShort,
} from '#lib/format.ts';
import { searchWords, shareOf } from './search-words.ts';

const size = (bytes: number): string => {
  const { value, unit } = formatBytes(bytes, 3);
  return `${value} ${unit}`;
};

/** How far a search is, what it cost, what ended it, and what could not be decided. */
export function ProgressLine({
  search,
  shown,
  onShow,
  onUncommitted,
  end: more,
}: {
  search: Search;
  /** What is listed: matches, or the records that could not be decided. */
  shown: 'matched' | 'failed' | 'undecoded';
  onShow: (show: 'matched' | 'failed' | 'undecoded') => void;
  onUncommitted: () => void;
  /** Stands before the button that stops it or goes on. */
  end?: ReactNode;
}) {
  const { state } = search;
  const { progress, end } = state;
  const { mark, word } = searchWords(state);
  const share = progress ? shareOf(progress.plannedOffsets, progress.doneOffsets) : 0;
  const rate = progress && progress.elapsedMs > 0 ? (progress.records / progress.elapsedMs) * 1000 : 0;
  const { value, unit } = formatRateShort(rate);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-xs text-ink-2">
      <span
        className={`inline-flex items-center gap-1.5 text-sm font-semibold ${search.isRunning ? 'text-water' : 'text-ink'}`}
      >
        <Mark name={mark} /> {word}
      </span>
      {progress ? (
        <>
          <span className="text-sm text-ink">
            <b>{formatCount(progress.matched)}</b> {progress.matched === 1 ? 'match' : 'matches'}
          </span>
          <span className="inline-block w-[180px] max-tablet:w-full">
            <Progress share={share} label="Searched of what is planned" />
          </span>
          <span>
            {formatPercent(share)}, {formatCount(progress.doneOffsets)} of{' '}
            {formatCountOf(progress.plannedOffsets, 'offset', 'offsets')}
          </span>
          <span>
            {size(progress.bytes)} of {size(progress.budgetBytes)} budget
          </span>
          {progress.records > 0 ? (
            <span>
              {value} {unit.replace('/s', '')} records/s
            </span>
          ) : null}
          {search.isRunning ? (
            progress.remainingMs === null || progress.remainingMs < 1000 ? null : (
              <span>about {formatDuration(progress.remainingMs)} left</span>
            )
          ) : (
            <span>in {formatDuration(progress.elapsedMs)}</span>
          )}
          <Undecided
            count={progress.failed}
            words="could not be evaluated"
            isShown={shown === 'failed'}
            onShow={() => onShow('failed')}
          />
          {progress.undecoded > 0 || shown === 'undecoded' ? (
            <Undecided
              count={progress.undecoded}
              words="could not be decoded"
              isShown={shown === 'undecoded'}
              onShow={() => onShow('undecoded')}
            />
          ) : null}
          {shown === 'matched' ? null : (
            <LinkButton onClick={() => onShow('matched')}>Back to the matches</LinkButton>
          )}
          {progress.abortedRecords > 0 ? (
            <span>
              {formatCount(progress.abortedRecords)} of aborted transactions hidden.{' '}
              <LinkButton onClick={onUncommitted}>Show them</LinkButton>
            </span>
          ) : null}
        </>
      ) : null}
      <span className="ml-auto flex items-center gap-2">
        {more}
        {search.isRunning ? (
          <Button size="sm" shortcut="Esc" onClick={search.stop}>
            Stop
          </Button>
        ) : end?.nextToken ? (
          <Button size="sm" variant="primary" onClick={search.goOn}>
            Continue
          </Button>
        ) : (
          <Button size="sm" onClick={search.run}>
            Search again
          </Button>
        )}
      </span>
      {/* Told once at the end: the counts above change all the time. */}
      <span className="vh" role="status">
        {search.isRunning || !progress ? '' : `${word}. ${matches(progress.matched)}.`}
      </span>
    </div>
  );
}

const matches = (count: number): string => formatCountOf(count, 'match', 'matches');

function Undecided({
  count,
  words,
  isShown,
  onShow,
}: {
  count: number;
  words: string;
  isShown: boolean;
  onShow: () => void;
}) {
  return (
    <span className={count === 0 ? 'text-ink-3' : undefined}>
      {count > 0 ? <Mark name="warning" className="mr-1" /> : null}
      {formatCount(count)} {words}
      {count > 0 && !isShown ? (
        <>
          {'. '}
          <LinkButton onClick={onShow}>Show them</LinkButton>
        </>
      ) : isShown ? (
        ', listed below'
      ) : null}
    </span>
  );
}

const LinkButton = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button type="button" className="link" onClick={onClick}>
    {children}
  </button>
);
