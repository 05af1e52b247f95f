'use client';

import { useState } from 'react';
import { PlanDialog } from '#components/forms/plan-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/choice.tsx';
import { Sheet } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Count } from '#components/values/numbers.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import type { ForgetPlan, ResetOutcome } from '#lib/model/offset-reset.ts';
import {
  deleteGroupAction,
  deleteOffsetsAction,
  planDeleteGroupAction,
  planDeleteOffsetsAction,
} from '../../actions.ts';
import type { GroupsViewer } from '../../groups-viewer.ts';
import { Blocked } from './reset-outlook.tsx';
import { waitsForMembers } from './reset-ready.ts';

type Props<T> = {
  viewer: GroupsViewer;
  group: GroupDetail;
  onClose: () => void;
  onDone: (outcome: T) => void;
};

/** The group and all its offsets go; they are kept, so that it can be made again where it stood. */
export function DeleteGroupDialog({ viewer, group, onClose, onDone }: Props<{ resetId: string | null }>) {
  const target = { clusterId: viewer.clusterId, groupId: group.groupId };
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      title={`Delete ${group.groupId}`}
      environment={viewer.environment}
      clusterName={viewer.clusterName}
      keep="Keep group"
      plan={() => planDeleteGroupAction(target)}
      act={(plan, typed, once) => deleteGroupAction({ ...target, digest: plan.digest, typed }, once)}
      onDone={onDone}
      view={(plan) => ({
        consequence:
          'The group and its committed offsets are gone. What they were is kept 30 days and can be put back.',
        body: <Forgotten plan={plan} />,
        confirm: 'Delete group',
        isDanger: true,
        ...confirmOf(plan),
        sameAs: sameOf(plan),
      })}
    />
  );
}

/** Where the group stood on some topics is forgotten: first which, then what goes. */
export function DeleteOffsetsDialog({ viewer, group, onClose, onDone }: Props<ResetOutcome>) {
  const topics = [
    ...new Set(group.partitions.filter((row) => row.committedOffset !== null).map(({ topic }) => topic)),
  ];
  const [picked, setPicked] = useState<readonly string[]>(topics.length === 1 ? topics : []);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  if (chosen === null)
    return (
      <Sheet
        isOpen
        onClose={onClose}
        kind="plan"
        title="Delete offsets of topics"
        environment={viewer.environment}
        description={
          <>
            of <span className="name">{group.groupId}</span> on <b>{viewer.clusterName}</b>. The next step
            shows what goes.
          </>
        }
        footer={
          <>
            <Button onClick={onClose}>Keep offsets</Button>
            <Button variant="primary" disabled={picked.length === 0} onClick={() => setChosen(picked)}>
              Plan deletion of offsets
            </Button>
          </>
        }
      >
        <fieldset className="fld">
          <legend className="lb mb-1 font-medium">Topics</legend>
          <div className="grid gap-1">
            {topics.map((topic) => (
              <Checkbox
                key={topic}
                label={<span className="name wrap-anywhere">{topic}</span>}
                checked={picked.includes(topic)}
                onChange={(event) =>
                  setPicked(
                    event.target.checked ? [...picked, topic] : picked.filter((each) => each !== topic),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
      </Sheet>
    );
  const target = { clusterId: viewer.clusterId, groupId: group.groupId, topics: [...chosen] };
  const count = formatCountOf(chosen.length, 'topic', 'topics');
  return (
    <PlanDialog
      isOpen
      onClose={onClose}
      kind="sheet"
      title={`Delete offsets of ${count}`}
      environment={viewer.environment}
      clusterName={viewer.clusterName}
      keep="Keep offsets"
      plan={() => planDeleteOffsetsAction(target)}
      act={(plan, typed, once) => deleteOffsetsAction({ ...target, digest: plan.digest, typed }, once)}
      onDone={onDone}
      view={(plan) => ({
        consequence:
          'The group forgets where it stood there. What its offsets were is kept 30 days and can be put back.',
        body: <Forgotten plan={plan} />,
        confirm: `Delete offsets of ${count}`,
        isDanger: true,
        ...confirmOf(plan),
        sameAs: sameOf(plan),
      })}
    />
  );
}

const confirmOf = (plan: ForgetPlan) => ({
  blocked: waitsForMembers(plan)
    ? `${formatCountOf(plan.members.length, 'member', 'members')} must stop first.`
    : plan.blocked,
  ...(plan.typed === null ? {} : { typed: plan.typed }),
});

const sameOf = (plan: ForgetPlan) => [
  { label: plan.sameAs.tool, text: plan.sameAs.commandLine },
  { label: 'YAML', text: plan.sameAs.yaml },
];

function Forgotten({ plan }: { plan: ForgetPlan }) {
  return (
    <>
      {plan.topics.length === 0 ? (
        <p className="text-ink-2">It has no committed offsets.</p>
      ) : (
        <div className="tw max-h-[280px] overflow-y-auto">
          <table className="dt dense">
            <caption className="vh">Offsets that go</caption>
            <thead>
              <tr>
                <th scope="col">Topic</th>
                <th scope="col" className="num">
                  Partitions
                </th>
                <th scope="col" className="num">
                  Unread now
                </th>
              </tr>
            </thead>
            <tbody>
              {plan.topics.map((topic) => (
                <tr key={topic.topic}>
                  <td className="name wrap-anywhere">{topic.topic}</td>
                  <td className="num">
                    <Count value={topic.partitions} />
                  </td>
                  <td className="num">
                    <Count value={topic.lagMessages} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="mt-3 grid gap-2">
        {plan.blocked && waitsForMembers(plan) ? (
          <Blocked plan={plan} blocked={plan.blocked} next="Open this plan again afterwards." />
        ) : null}
        {plan.notes.map((note) => (
          <Notice key={note} tone="plain">
            {note}
          </Notice>
        ))}
      </div>
    </>
  );
}
