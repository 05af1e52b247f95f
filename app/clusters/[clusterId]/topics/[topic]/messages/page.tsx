import { Empty } from '#components/feedback/faces.tsx';
import { allows, permissions } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listMessages } from '#lib/services/message/list-messages.ts';
import { readMessage } from '#lib/services/message/read-message.ts';
import { listSearches } from '#lib/services/search/list-searches.ts';
import { topicsViewer } from '../../topics-viewer.ts';
import { type TopicParams, topicOfPage, topicParams } from '../topic-of-page.ts';
import { addressNames, filterNames, placeNames } from './message-address.ts';
import { MessagesView } from './messages-view.tsx';
import { rightsOf } from './query/query-rights.ts';

type Props = TopicParams & { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MessagesPage(props: Props) {
  const { clusterId, topic } = await topicParams(props);
  const [detail, viewer, person, search] = await Promise.all([
    topicOfPage(clusterId, topic),
    topicsViewer(clusterId),
    viewerOfPage(),
    props.searchParams,
  ]);
  // The frame has already said why there is nothing.
  if (!detail.ok) return null;
  if (!viewer.may.readMessages) {
    return (
      <Empty title="Your role does not read messages">
        You are signed in as {person.role}. Records may hold what is meant for few people, so reading them
        needs the role {permissions['message:read']} or more. Ask an admin for it. Everything else about this
        topic is on the other tabs.
      </Empty>
    );
  }
  const place = inputOfPage(search, placeNames);
  const hasPlace = place.partition !== undefined && place.offset !== undefined;
  // A search and a tail are streams: the browser starts them.
  const isStream = search.mode === 'tail' || filterNames.some((name) => name !== 'show' && search[name]);
  const searches = await ask(listSearches, { clusterId, topic });
  const pinnedColumns = searches.ok ? searches.value.pinnedColumns : '';
  const [page, record] = await Promise.all([
    isStream
      ? null
      : ask(listMessages, { columns: pinnedColumns, ...inputOfPage(search, addressNames), clusterId, topic }),
    hasPlace ? ask(readMessage, { ...place, clusterId, topic }) : null,
  ]);
  return (
    <MessagesView
      clusterId={clusterId}
      clusterName={viewer.clusterName}
      environment={viewer.environment}
      topic={topic}
      partitionCount={detail.value.partitions.length}
      mayProduce={!viewer.isReadOnly && allows(person.role, 'message:produce')}
      rights={rightsOf(person.role)}
      initial={page?.ok ? page.value : undefined}
      initialProblem={page && !page.ok ? page.problem : null}
      record={record?.ok ? record.value : undefined}
      pinnedColumns={pinnedColumns}
    />
  );
}
