'use client';

import { PlanDialog } from '#components/forms/plan-dialog.tsx';
import { electLeadersCommand } from '#components/topic/command-lines.ts';
import { State } from '#components/ui/mark.tsx';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import type { LeaderMove } from '#lib/model/topic-plan.ts';
import { electLeadersAction, planElectLeadersAction } from '../actions.ts';
import type { TopicsViewer } from '../topics-viewer.ts';

function MoveTable({ moves }: { moves: LeaderMove[] }) {
  return (
    <div className="tw">
      <table className="dt">
        <caption className="vh">Which leaders move</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              Part.
            </th>
            <th scope="col" className="num">
              Led by
            </th>
            <th scope="col" className="num">
              Then by
            </th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <tr key={move.partition}>
              <td className="num">{move.partition}</td>
              <td className="num">{move.from ?? 'None'}</td>
              <td className="num">{move.reason === null ? move.to : (move.from ?? 'None')}</td>
              <td className="wrap">
                {move.reason === null ? (
                  <State mark="ok">Moves to its preferred replica</State>
                ) : (
                  <State mark="explained">Stays. {move.reason}</State>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Gives leadership back to preferred replicas: says which partitions move before anything does. */
export function ElectLeadersDialog({
  viewer,
  topic,
  onClose,
}: {
  viewer: TopicsViewer;
  topic: TopicDetail;
  onClose: () => void;
}) {
  const target = { clusterId: viewer.clusterId, topic: topic.name };
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      title="Elect preferred leaders"
      environment={viewer.environment}
      clusterName={viewer.clusterName}
      keep="Keep leaders"
      plan={() => planElectLeadersAction(target)}
      act={(plan, _typed, once) => electLeadersAction({ ...target, digest: plan.digest }, once)}
      onDone={(value) => {
        const [failed] = value.failures;
        showToast({
          title: `${formatCountOf(value.moved, 'leader', 'leaders')} moved.`,
          children: failed ? `Partition ${failed.partition} stayed: ${failed.problem.what}` : null,
        });
        onClose();
      }}
      view={(plan) => {
        const able = plan.moves.filter((move) => move.reason === null);
        return {
          consequence:
            'Clients of a partition that moves retry for a moment; nothing is copied and no record is lost.',
          body: plan.moves.length === 0 ? null : <MoveTable moves={plan.moves} />,
          confirm: `Elect ${formatCountOf(able.length, 'leader', 'leaders')}`,
          blocked:
            plan.moves.length > 0 && able.length === 0
              ? 'No preferred replica can lead now.'
              : plan.moves.length === 0
                ? 'Every partition is led by its preferred replica.'
                : null,
          sameAs:
            able.length === 0
              ? []
              : electLeadersCommand(
                  topic.name,
                  able.map((move) => move.partition),
                ),
        };
      }}
    />
  );
}
