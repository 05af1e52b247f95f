'use client';

import { PlanDialog } from '#components/forms/plan-dialog.tsx';
import { deleteRecordsCommand } from '#components/topic/command-lines.ts';
import { State } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { Count } from '#components/values/numbers.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import type { DeleteRecordsPlan, PartitionCut } from '#lib/model/topic-plan.ts';
import { deleteRecordsAction, planDeleteRecordsAction } from '../actions.ts';
import type { TopicsViewer } from '../topics-viewer.ts';

export type UpTo =
  | { kind: 'all' }
  | { kind: 'time'; timeMs: number }
  | { kind: 'offset'; partition: number; offset: string };

function CutTable({ cuts }: { cuts: PartitionCut[] }) {
  return (
    <div className="tw max-h-[320px]">
      <table className="dt dense">
        <caption className="vh">What goes from each partition</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              Part.
            </th>
            <th scope="col" className="num">
              Starts at now
            </th>
            <th scope="col" className="num">
              Starts at then
            </th>
            <th scope="col" className="num">
              Records that go
            </th>
          </tr>
        </thead>
        <tbody>
          {cuts.map((cut) => (
            <tr key={cut.partition}>
              <td className="num">{cut.partition}</td>
              <td className="num">
                <Count value={cut.startOffset} />
              </td>
              {cut.before === null ? (
                <td className="wrap num text-ink-3" colSpan={2}>
                  {cut.reason}
                </td>
              ) : (
                <>
                  <td className="num">
                    <Count value={cut.before} />
                  </td>
                  <td className="num">
                    <Count value={cut.records} />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Losers({ losers, groups }: { losers: DeleteRecordsPlan['losers']; groups: number | null }) {
  if (groups === 0) return <p className="mt-3">No group reads this topic.</p>;
  if (losers.length === 0)
    return <p className="mt-3">Every group with a place in it has read what goes, as far as is known.</p>;
  return (
    <div className="mt-3">
      <Notice
        tone="warning"
        title={`${formatCountOf(losers.length, 'group has', 'groups have')} not read all that goes.`}
      >
        <ul>
          {losers.slice(0, 8).map((loser) => (
            <li key={loser.groupId}>
              <span className="name">{loser.groupId}</span> loses{' '}
              {formatCountOf(loser.unread, 'record', 'records')}
              {loser.isActive ? ', it reads now' : ', stopped'}
            </li>
          ))}
          {losers.length > 8 ? <li>and {formatCount(losers.length - 8)} more</li> : null}
        </ul>
      </Notice>
    </div>
  );
}

/** Plan and confirm for deleting records. */
export function DeleteRecordsDialog({
  viewer,
  topic,
  upTo,
  onClose,
}: {
  viewer: TopicsViewer;
  topic: TopicDetail;
  upTo: UpTo;
  onClose: () => void;
}) {
  const target = { clusterId: viewer.clusterId, topic: topic.name };
  const cutsOf = (plan: DeleteRecordsPlan) =>
    plan.partitions.flatMap(({ partition, before }) => (before === null ? [] : [{ partition, before }]));
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      kind="sheet"
      title="Delete records"
      environment={viewer.environment}
      clusterName={viewer.clusterName}
      keep="Keep records"
      plan={() => planDeleteRecordsAction({ ...target, upTo })}
      act={(plan, typed, once) =>
        deleteRecordsAction(
          {
            ...target,
            before: cutsOf(plan).map(({ partition, before }) => ({ partition, offset: before })),
            digest: plan.digest,
            typed,
          },
          once,
        )
      }
      onDone={(value) => {
        const [failed] = value.failures;
        showToast({
          title: `Records deleted from ${formatCountOf(value.partitions, 'partition', 'partitions')}.`,
          children: failed ? (
            `Partition ${failed.partition} was left: ${failed.problem.what}`
          ) : (
            <span className="name">{topic.name}</span>
          ),
        });
        onClose();
      }}
      view={(plan) => {
        const cuts = cutsOf(plan);
        const left = plan.partitions.filter(
          (cut) => cut.before === null && (cut.startOffset === null || cut.endOffset === null),
        ).length;
        return {
          consequence: 'These records are gone for good. Records written after this plan stay.',
          body: (
            <>
              {left > 0 ? (
                <p className="mb-2">
                  <State mark="warning">
                    {formatCountOf(left, 'partition is', 'partitions are')} left out: they cannot be read now.
                  </State>
                </p>
              ) : null}
              <CutTable cuts={plan.partitions} />
              <Losers losers={plan.losers} groups={topic.groups} />
            </>
          ),
          confirm: `Delete ${formatCountOf(plan.records, 'record', 'records')}`,
          blocked: cuts.length === 0 ? 'There is nothing to delete.' : null,
          typed: topic.name,
          isTypedEverywhere: true,
          typedTo: `delete up to ${formatCountOf(plan.records, 'record', 'records')}`,
          isDanger: true,
          sameAs: cuts.length === 0 ? [] : deleteRecordsCommand(topic.name, cuts),
        };
      }}
    />
  );
}
