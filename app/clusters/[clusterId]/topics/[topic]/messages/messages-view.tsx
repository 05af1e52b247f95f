'use client';

import { Link2, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { useKeys } from '#components/shell/use-keys.ts';
import { Button } from '#components/ui/button.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { KeyHint } from '#components/ui/kbd.tsx';
import { Bank } from '#components/ui/section.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { useZone } from '#components/values/clock.tsx';
import { formatCount } from '#lib/format.ts';
import type { MessageDetail, MessagePage, MessageRow } from '#lib/model/message.ts';
import type { Problem } from '#lib/model/problem.ts';
import { EmptyMessages } from './empty-messages.tsx';
import { emptyAddress, messagesUrl, neighbours, type Place } from './message-address.ts';
import { messageColumns, rowKeyOf, sharedDay } from './message-columns.tsx';
import { OpenRecord } from './open-record.tsx';
import { OutcomeLine, ReadingLine } from './outcome-line.tsx';
import { QueryBar } from './query/query-bar.tsx';
import { useMessageAddress } from './use-message-address.ts';
import { useMessages } from './use-messages.ts';

const ProduceSheet = dynamic(() => import('./produce-sheet.tsx').then((module) => module.ProduceSheet), {
  ssr: false,
});

export type MessagesViewProps = {
  clusterId: string;
  clusterName: string;
  environment: EnvironmentName;
  topic: string;
  partitionCount: number;
  mayProduce: boolean;
  initial: MessagePage | undefined;
  initialProblem: Problem | null;
  record: MessageDetail | undefined;
};

/** The records of a topic: what is read, how that went, the records, and one of them opened. */
export function MessagesView(props: MessagesViewProps) {
  const { clusterId, topic, partitionCount, mayProduce } = props;
  const { address, place, isProducing, setAddress, setPlace, setProducing } = useMessageAddress();
  const url = messagesUrl(clusterId, topic, address);
  const { data, problem: newProblem, isBusy, readAgain } = useMessages(url, props.initial);
  const problem = newProblem ?? (data ? null : props.initialProblem);
  const zone = useZone();
  const rows = data?.rows;
  const openKey = place ? rowKeyOf(place) : null;
  const topicId = data?.topicId ?? '';
  const isOfTopic = place !== null && (place.topicId === '' || place.topicId === topicId);
  const isInList = isOfTopic && (rows?.some((row) => rowKeyOf(row) === openKey) ?? false);
  // Who follows a link to a record sees that record first.
  const linked = useRef(isInList ? openKey : null);
  useEffect(() => {
    if (linked.current === null) return;
    document
      .querySelector(`tr[data-row="${CSS.escape(linked.current)}"]`)
      ?.scrollIntoView({ block: 'center' });
    linked.current = null;
  }, []);

  const toggle = useCallback(
    (row: MessageRow) =>
      setPlace(openKey === rowKeyOf(row) ? null : { partition: row.partition, offset: row.offset, topicId }),
    [openKey, setPlace, topicId],
  );
  const columns = useMemo(
    () => messageColumns(zone, sharedDay(rows ?? [], zone), toggle, openKey),
    [zone, rows, toggle, openKey],
  );
  const onRow = (act: (row: MessageRow) => void) => () => {
    const key = document.activeElement?.closest<HTMLElement>('tr[data-row]')?.dataset.row;
    const row = rows?.find((each) => rowKeyOf(each) === key);
    if (row) act(row);
    return row !== undefined;
  };
  useKeys([
    {
      keys: 'ArrowRight',
      label: 'Open the record',
      section: 'In messages',
      run: onRow((row) => {
        if (openKey !== rowKeyOf(row)) toggle(row);
      }),
    },
    {
      keys: 'ArrowLeft',
      label: 'Close the record',
      section: 'In messages',
      run: onRow((row) => {
        if (openKey === rowKeyOf(row)) setPlace(null);
      }),
    },
    {
      keys: 'Escape',
      label: 'Close, clear, stop',
      section: 'In a list',
      run: () => {
        if (!place) return false;
        setPlace(null);
        return true;
      },
    },
  ]);
  const newest = () => setAddress({ ...address, order: '', from: '', to: '', page: '' });
  const goOn = (token: string) => {
    setAddress({ ...address, page: token });
    window.scrollTo({ top: 0 });
  };
  const opened = (at: Place) => (
    <OpenRecord
      key={rowKeyOf(at)}
      clusterId={clusterId}
      topic={topic}
      place={at}
      initial={props.record && rowKeyOf(props.record) === rowKeyOf(at) ? props.record : undefined}
      onClose={() => setPlace(null)}
      onNeighbours={() => setAddress(neighbours(at))}
    />
  );
  const nextToken = data?.nextToken ?? null;
  return (
    <>
      <QueryBar
        clusterId={clusterId}
        topic={topic}
        problem={problem}
        address={address}
        partitionCount={partitionCount}
        isBusy={isBusy}
        onRead={(next) => {
          if (messagesUrl(clusterId, topic, next) === url) readAgain();
          else setAddress(next);
        }}
        end={
          <>
            <Button
              size="sm"
              onClick={() =>
                void navigator.clipboard
                  ?.writeText(window.location.href)
                  .then(() => showToast({ title: 'Link to this page copied.' }))
              }
            >
              <Link2 className="ic" aria-hidden="true" /> Copy link
            </Button>
            {mayProduce ? (
              <Button size="sm" className="max-tablet:hidden" onClick={() => setProducing(true)}>
                <Plus className="ic" aria-hidden="true" /> Produce
              </Button>
            ) : null}
          </>
        }
      />
      {place && !isInList ? (
        <Bank
          title="The linked record"
          note={`partition ${place.partition}, offset ${formatCount(place.offset)}`}
        >
          {opened(place)}
        </Bank>
      ) : null}
      {problem ? (
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
      ) : (
        <>
          {data ? (
            <OutcomeLine
              page={data}
              onContinue={nextToken ? () => goOn(nextToken) : null}
              onUncommitted={() => setAddress({ ...address, isolation: 'read_uncommitted', page: '' })}
            />
          ) : (
            <ReadingLine />
          )}
          <DataTable
            caption={`Messages of ${topic}`}
            columns={columns}
            rows={rows}
            rowKey={rowKeyOf}
            rowLabel={(row) => `partition ${row.partition}, offset ${row.offset}`}
            onOpen={toggle}
            openKey={isInList ? openKey : null}
            detail={(row) => (place && isInList && rowKeyOf(row) === openKey ? opened(place) : null)}
            isBusy={isBusy}
            loading="Asking the leaders of its partitions."
            missing={data?.missing}
            empty={
              data ? (
                <EmptyMessages
                  page={data}
                  address={address}
                  onNewest={newest}
                  onUncommitted={() => setAddress({ ...address, isolation: 'read_uncommitted', page: '' })}
                  onProduce={mayProduce ? () => setProducing(true) : null}
                />
              ) : null
            }
          />
          {data && data.rows.length > 0 ? (
            <div className="foot">
              {address.page ? (
                <Button size="sm" onClick={newest}>
                  {data.direction === 'backward' ? 'Back to the newest' : 'To the newest'}
                </Button>
              ) : null}
              {nextToken ? (
                <Button size="sm" onClick={() => goOn(nextToken)}>
                  {data.direction === 'backward' ? 'Older records' : 'Later records'}
                </Button>
              ) : (
                <span>
                  {data.direction === 'backward'
                    ? 'That is the oldest record that is kept.'
                    : 'That is the newest record.'}
                </span>
              )}
              <span className="aside keys" aria-hidden="true">
                <KeyHint keys={['j', 'k']}>move</KeyHint>
                <KeyHint keys={['Enter']}>open</KeyHint>
                <KeyHint keys={['y']}>copy value</KeyHint>
                <KeyHint keys={['l']}>copy link</KeyHint>
              </span>
            </div>
          ) : null}
        </>
      )}
      {mayProduce && isProducing ? (
        <ProduceSheet
          clusterId={clusterId}
          clusterName={props.clusterName}
          environment={props.environment}
          topic={topic}
          partitionCount={partitionCount}
          onClose={() => setProducing(false)}
          onProduced={readAgain}
          onOpen={(at) => setPlace({ ...at, topicId })}
        />
      ) : null}
    </>
  );
}
