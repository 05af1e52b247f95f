'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { useSearch } from '#lib/client/use-search.ts';
import { useTail } from '#lib/client/use-tail.ts';
import type { MessageDetail, MessagePage } from '#lib/model/message.ts';
import type { Problem } from '#lib/model/problem.ts';
import { isFiltered, messagesUrl, neighbours, tailUrl } from './message-address.ts';
import { QueryBar } from './query/query-bar.tsx';
import type { QueryRights } from './query/query-rights.ts';
import { PageList } from './results/page-list.tsx';
import type { ListFrame } from './results/result-list.tsx';
import { SearchList } from './results/search-list.tsx';
import { TailList } from './tail/tail-list.tsx';
import { useMessageAddress } from './use-message-address.ts';
import { useMessages } from './use-messages.ts';

const ProduceDialog = dynamic(
  () => import('./produce/produce-dialog.tsx').then((module) => module.ProduceDialog),
  { ssr: false },
);

export type MessagesViewProps = {
  clusterId: string;
  clusterName: string;
  environment: EnvironmentName;
  topic: string;
  partitionCount: number;
  mayProduce: boolean;
  rights: QueryRights;
  initial: MessagePage | undefined;
  initialProblem: Problem | null;
  record: MessageDetail | undefined;
  /** The columns that the reader keeps for this topic. */
  pinnedColumns: string;
};

/** The records of a topic: what is read, how that went, the records, and one of them opened. */
export function MessagesView(props: MessagesViewProps) {
  const { clusterId, topic, partitionCount, mayProduce } = props;
  const [pinnedColumns, setPinnedColumns] = useState(props.pinnedColumns);
  const { address, place, isTailing, isProducing, setAddress, setPlace, setTailing, setProducing } =
    useMessageAddress(pinnedColumns);
  const mode = isTailing ? 'tail' : isFiltered(address) ? 'search' : 'page';
  const url = messagesUrl(clusterId, topic, address);
  const page = useMessages(mode === 'page' ? url : null, props.initial);
  const read = { ...page, problem: page.problem ?? (page.data ? null : props.initialProblem) };
  const search = useSearch(
    mode === 'search' ? messagesUrl(clusterId, topic, address, '/search') : null,
    (token) => messagesUrl(clusterId, topic, { ...address, page: token }, '/search'),
  );
  const tail = useTail(mode === 'tail' ? tailUrl(clusterId, topic, address) : null);
  const shown = {
    page: { problem: read.problem, isBusy: read.isBusy, topicId: read.data?.topicId, rows: read.data?.rows },
    search: {
      problem: search.state.problem,
      isBusy: search.isRunning,
      topicId: search.state.plan?.topicId,
      rows: search.state.rows,
    },
    tail: {
      problem: tail.state.problem,
      isBusy: false,
      topicId: tail.state.plan?.topicId,
      rows: tail.state.rows,
    },
  }[mode];
  const topicId = shown.topicId ?? '';
  const again = { page: read.readAgain, search: search.run, tail: tail.start }[mode];
  const [copied, setCopied] = useState<MessageDetail | null>(null);
  const [isMany, setMany] = useState(false);
  const first = shown.rows?.[0];
  const frame: ListFrame = {
    clusterId,
    topic,
    address,
    setAddress,
    pinnedColumns,
    setPinnedColumns,
    place,
    setPlace,
    readAround: (at) => {
      if (isTailing) setTailing(false);
      setAddress(neighbours(at));
    },
    record: props.record,
    onCopy: mayProduce
      ? (copied) => {
          setCopied(copied);
          setProducing(true);
        }
      : null,
  };
  return (
    <>
      <QueryBar
        clusterId={clusterId}
        topic={topic}
        environment={props.environment}
        problem={shown.problem}
        address={address}
        partitionCount={partitionCount}
        isBusy={shown.isBusy}
        record={place ?? (first ? { partition: first.partition, offset: first.offset } : null)}
        onStop={() => {
          if (!search.isRunning) return false;
          search.stop();
          return true;
        }}
        onRead={(next) => {
          if (messagesUrl(clusterId, topic, next) !== url) setAddress(next);
          else again();
        }}
        rights={props.rights}
        isTailing={isTailing}
        onTail={setTailing}
        end={
          mayProduce ? (
            <Button size="sm" className="max-tablet:hidden" onClick={() => setProducing(true)}>
              <Plus className="ic" aria-hidden="true" /> Produce
            </Button>
          ) : null
        }
      />
      {mode === 'tail' ? (
        <TailList frame={frame} tail={tail} isFiltered={isFiltered(address)} />
      ) : mode === 'search' ? (
        <SearchList frame={frame} search={search} />
      ) : (
        <PageList frame={frame} read={read} onProduce={mayProduce ? () => setProducing(true) : null} />
      )}
      {mayProduce && isProducing ? (
        <ProduceDialog
          isMany={isMany}
          onMany={setMany}
          from={copied}
          clusterId={clusterId}
          clusterName={props.clusterName}
          environment={props.environment}
          topic={topic}
          partitionCount={partitionCount}
          onClose={() => {
            setProducing(false);
            setCopied(null);
            setMany(false);
          }}
          onProduced={mode === 'tail' ? () => {} : again}
          onOpen={(at) => setPlace({ ...at, topicId })}
        />
      ) : null}
    </>
  );
}
