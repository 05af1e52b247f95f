'use client';

import { PlanDialog } from '#components/forms/plan-dialog.tsx';
import { deleteTopicsCommands } from '#components/topic/command-lines.ts';
import { State } from '#components/ui/mark.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { Bytes, Count } from '#components/values/numbers.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { DeleteTopicsPlan, TopicLoss, TopicReader } from '#lib/model/topic-plan.ts';
import { deleteTopicsAction, planDeleteTopicsAction } from './actions.ts';
import type { TopicsViewer } from './topics-viewer.ts';

const mostReaders = 3;

/** Who still reads it: those that read it now are at risk, stopped ones only lose their place. */
function Readers({ readers }: { readers: TopicReader[] }) {
  if (readers.length === 0) return <span className="text-ink-3">None</span>;
  const active = readers.filter((reader) => reader.isActive);
  return (
    <div className="whitespace-normal">
      {active.length > 0 ? (
        <State mark="warning">{formatCountOf(active.length, 'active group', 'active groups')}</State>
      ) : (
        formatCountOf(readers.length, 'stopped group', 'stopped groups')
      )}
      {active.length > 0 && active.length < readers.length
        ? `, ${readers.length - active.length} stopped`
        : ''}
      <ul className="text-xs text-ink-3">
        {readers.slice(0, mostReaders).map((reader) => (
          <li key={reader.groupId} className="wrap-anywhere">
            <span className="name">{reader.groupId}</span> {reader.groupState}
            {reader.isConnector ? ', a sink connector' : ''}
          </li>
        ))}
        {readers.length > mostReaders ? <li>and {formatCount(readers.length - mostReaders)} more</li> : null}
      </ul>
    </div>
  );
}

function LossTable({ topics }: { topics: TopicLoss[] }) {
  return (
    <div className="tw">
      <table className="dt">
        <caption className="vh">What is deleted</caption>
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col" className="num">
              Records
            </th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col">Still read by</th>
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <tr key={topic.topic}>
              <td className="wrap name wrap-anywhere">
                {topic.topic}
                {topic.recordsPerSecond ? (
                  <div className="font-sans text-xs text-warning">Written to now</div>
                ) : null}
              </td>
              <td className="num">
                <Count value={topic.records} />
              </td>
              <td className="num">
                <Bytes value={topic.sizeBytes} />
              </td>
              <td className="wrap py-1">
                <Readers readers={topic.readers} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Sum of records; null when one is not known. */
const recordsOf = (plan: DeleteTopicsPlan): string | null =>
  plan.topics.some((topic) => topic.records === null)
    ? null
    : plan.topics.reduce((sum, topic) => sum + BigInt(topic.records ?? 0), 0n).toString();

/** Plan and confirm for deleting one or more topics. */
export function DeleteTopicsDialog({
  viewer,
  topics,
  onClose,
  onDone,
}: {
  viewer: TopicsViewer;
  topics: string[];
  onClose: () => void;
  onDone: (deleted: string[]) => void;
}) {
  const many = formatCountOf(topics.length, 'topic', 'topics');
  const verb = topics.length === 1 ? 'Delete topic' : `Delete ${many}`;
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      kind="sheet"
      title={verb}
      environment={viewer.environment}
      clusterName={viewer.clusterName}
      keep={topics.length === 1 ? 'Keep topic' : 'Keep topics'}
      plan={() => planDeleteTopicsAction({ clusterId: viewer.clusterId, topics })}
      act={(plan, typed, once) =>
        deleteTopicsAction({ clusterId: viewer.clusterId, topics, digest: plan.digest, typed }, once)
      }
      onDone={(value) => {
        const [first] = value.deleted;
        showToast({
          title:
            value.deleted.length === 1
              ? 'Topic deleted.'
              : `${formatCountOf(value.deleted.length, 'topic', 'topics')} deleted.`,
          children:
            value.failures.length > 0 ? (
              `${formatCountOf(value.failures.length, 'topic', 'topics')} not: ${value.failures[0]?.problem.what}`
            ) : value.deleted.length === 1 ? (
              <span className="name">{first}</span>
            ) : null,
        });
        onDone(value.deleted);
      }}
      view={(plan) => {
        const records = recordsOf(plan);
        return {
          consequence:
            'Records, config and the offsets groups committed are gone for good. A producer that is allowed to may create the topic anew, empty.',
          body: <LossTable topics={plan.topics} />,
          confirm: verb,
          typed: plan.typed,
          isTypedEverywhere: true,
          typedTo: `delete ${many}${records === null ? '' : ` and ${formatCountOf(records, 'record', 'records')}`}`,
          isDanger: true,
          sameAs: deleteTopicsCommands(topics),
        };
      }}
    />
  );
}
