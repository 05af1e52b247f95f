'use client';

import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { noMarks } from '#components/message/preview-pieces.ts';
import { Button } from '#components/ui/button.tsx';
import { KeyHint } from '#components/ui/kbd.tsx';
import type { MessagePage } from '#lib/model/message.ts';
import type { Problem } from '#lib/model/problem.ts';
import { emptyAddress } from '../message-address.ts';
import { EmptyMessages } from './empty-messages.tsx';
import { FieldsMenu } from './fields-menu.tsx';
import { OutcomeLine, ReadingLine } from './outcome-line.tsx';
import { type ListFrame, ResultList } from './result-list.tsx';

export type PageRead = {
  data: MessagePage | undefined;
  problem: Problem | null;
  isBusy: boolean;
  readAgain: () => void;
};

/** One page of the records of a topic, read whole: drawn by the server first, then page by page. */
export function PageList({
  frame,
  read,
  onProduce,
}: {
  frame: ListFrame;
  read: PageRead;
  onProduce: (() => void) | null;
}) {
  const { address, setAddress } = frame;
  const { data, problem, isBusy, readAgain } = read;
  const newest = () => setAddress({ ...address, order: '', from: '', to: '', page: '' });
  const uncommitted = () => setAddress({ ...address, isolation: 'read_uncommitted', page: '' });
  const goOn = (token: string) => {
    setAddress({ ...address, page: token });
    window.scrollTo({ top: 0 });
  };
  const nextToken = data?.nextToken ?? null;
  const isBackward = data?.direction === 'backward';
  return (
    <>
      {problem ? null : data ? (
        <OutcomeLine
          page={data}
          onContinue={nextToken ? () => goOn(nextToken) : null}
          onUncommitted={uncommitted}
          end={<FieldsMenu rows={data.rows} frame={frame} />}
        />
      ) : (
        <ReadingLine />
      )}
      <ResultList
        frame={frame}
        topicId={data?.topicId ?? ''}
        rows={data?.rows}
        marks={noMarks}
        isBusy={isBusy}
        missing={data?.missing}
        loading="Asking the leaders of its partitions."
        problem={
          problem ? (
            <ProblemNotice
              problem={problem}
              onRetry={readAgain}
              actions={
                <>
                  {address.page || address.order || address.from || address.to || problem.fields ? (
                    <Button onClick={() => setAddress(emptyAddress)}>Start from the newest</Button>
                  ) : null}
                  {Object.values(problem.fields ?? {}).map((sentence) => (
                    <span key={sentence} className="ref">
                      {sentence}
                    </span>
                  ))}
                </>
              }
            />
          ) : null
        }
        empty={
          data ? (
            <EmptyMessages
              page={data}
              address={address}
              onNewest={newest}
              onUncommitted={uncommitted}
              onProduce={onProduce}
            />
          ) : null
        }
      />
      {!problem && data && data.rows.length > 0 ? (
        <div className="foot">
          {address.page ? (
            <Button size="sm" onClick={newest}>
              {isBackward ? 'Back to the newest' : 'To the newest'}
            </Button>
          ) : null}
          {nextToken ? (
            <Button size="sm" onClick={() => goOn(nextToken)}>
              {isBackward ? 'Older records' : 'Later records'}
            </Button>
          ) : (
            <span>
              {isBackward ? 'That is the oldest record that is kept.' : 'That is the newest record.'}
            </span>
          )}
          <RecordKeyHints />
        </div>
      ) : null}
    </>
  );
}

/** Keys of a list of records, at its foot. */
export const RecordKeyHints = () => (
  <span className="aside keys" aria-hidden="true">
    <KeyHint keys={['j', 'k']}>move</KeyHint>
    <KeyHint keys={['Enter']}>open</KeyHint>
    <KeyHint keys={['x']}>select</KeyHint>
    <KeyHint keys={['y']}>copy value</KeyHint>
    <KeyHint keys={['l']}>copy link</KeyHint>
  </span>
);
