'use client';

import { Link2, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { Button } from '#components/ui/button.tsx';
import type { EnvironmentName } from '#components/ui/environment.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { useSearch } from '#lib/client/use-search.ts';
import type { MessageDetail, MessagePage } from '#lib/model/message.ts';
import type { Problem } from '#lib/model/problem.ts';
import { isFiltered, messagesUrl } from './message-address.ts';
import { QueryBar } from './query/query-bar.tsx';
import { PageList } from './results/page-list.tsx';
import type { ListFrame } from './results/result-list.tsx';
import { SearchList } from './results/search-list.tsx';
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
  const page = useMessages(isFiltered(address) ? null : url, props.initial);
  const read = { ...page, problem: page.problem ?? (page.data ? null : props.initialProblem) };
  const isSearch = isFiltered(address);
  const search = useSearch(isSearch ? messagesUrl(clusterId, topic, address, '/search') : null, (token) =>
    messagesUrl(clusterId, topic, { ...address, page: token }, '/search'),
  );
  const frame: ListFrame = {
    clusterId,
    topic,
    address,
    setAddress,
    place,
    setPlace,
    record: props.record,
    onCopy: null,
  };
  const topicId = (isSearch ? search.state.plan?.topicId : read.data?.topicId) ?? '';
  return (
    <>
      <QueryBar
        clusterId={clusterId}
        topic={topic}
        problem={isSearch ? search.state.problem : read.problem}
        address={address}
        partitionCount={partitionCount}
        isBusy={isSearch ? search.isRunning : read.isBusy}
        onRead={(next) => {
          if (messagesUrl(clusterId, topic, next) !== url) setAddress(next);
          else if (isSearch) search.run();
          else read.readAgain();
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
      {isSearch ? (
        <SearchList frame={frame} search={search} />
      ) : (
        <PageList frame={frame} read={read} onProduce={mayProduce ? () => setProducing(true) : null} />
      )}
      {mayProduce && isProducing ? (
        <ProduceSheet
          clusterId={clusterId}
          clusterName={props.clusterName}
          environment={props.environment}
          topic={topic}
          partitionCount={partitionCount}
          onClose={() => setProducing(false)}
          onProduced={isSearch ? search.run : read.readAgain}
          onOpen={(at) => setPlace({ ...at, topicId })}
        />
      ) : null}
    </>
  );
}
