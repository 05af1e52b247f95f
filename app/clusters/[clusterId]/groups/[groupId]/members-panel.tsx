'use client';

import Link from 'next/link';
import { LagStateMark } from '#components/group/group-state.tsx';
import { assignmentWords } from '#components/group/lag-words.ts';
import { memberState } from '#components/group/worst-partition.ts';
import { Bank } from '#components/ui/section.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { ObjectName } from '#components/values/numbers.tsx';
import { Age } from '#components/values/time.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail, MemberRow } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';

const shown = 12;

/** Members at a glance: what each owns, how it stands with it, when one of its positions last moved. */
export function MembersPanel({ clusterId, group }: { clusterId: string; group: GroupDetail }) {
  const isMany = new Set(group.partitions.map(({ topic }) => topic)).size > 1;
  return (
    <Bank
      title="Members"
      note={membersNote(group)}
      end={
        group.memberList.length > 0 ? (
          <Link href={paths.groupMembers(clusterId, group.groupId)}>Open members</Link>
        ) : null
      }
    >
      {group.memberList.length > 0 ? (
        <table className="dt dense">
          <caption className="vh">Members of {group.groupId}</caption>
          <thead>
            <tr>
              <th scope="col">Member</th>
              <th scope="col">Owns</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Moved
              </th>
            </tr>
          </thead>
          <tbody>
            {group.memberList.slice(0, shown).map((member) => (
              <tr key={member.memberId}>
                <td className="clip" style={{ width: '100%' }}>
                  <span className="name" title={member.memberId}>
                    <ObjectName name={member.clientId || member.memberId} />
                  </span>
                  {member.instanceId ? <Tag>static</Tag> : null}
                </td>
                <td className="text-ink-2" title={assignmentWords(member.assigned, true)}>
                  {ownsWords(member, isMany)}
                </td>
                <td>{memberMark(member, group)}</td>
                <td className="num text-ink-2">{movedWords(member)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="px-2 py-2 text-ink-2">
          {group.members === null
            ? 'The coordinator did not tell them.'
            : 'Nobody is in this group. Its committed offsets stay until they expire.'}
        </p>
      )}
      {group.memberList.length > shown ? (
        <p className="px-2 py-1.5 text-xs text-ink-3">and {group.memberList.length - shown} more</p>
      ) : null}
    </Bank>
  );
}

/** How it stands with what a member owns. */
export function memberMark(member: MemberRow, group: GroupDetail) {
  const state = memberState(member, group);
  if (state === null) return <span className="text-ink-3">Owns nothing</span>;
  return state === 'ok' ? <LagStateMark state="ok">Reading</LagStateMark> : <LagStateMark state={state} />;
}

function movedWords(member: MemberRow) {
  return member.movedAt === null ? (
    <span className="text-ink-3">Not seen</span>
  ) : (
    <Age since={member.movedAt} />
  );
}

/** The few words of the panel; the tab has all of it. */
function ownsWords(member: MemberRow, isMany: boolean): string {
  if (member.connectors) {
    const tasks = member.connectors.reduce(
      (sum, each) => sum + each.tasks.filter((task) => task >= 0).length,
      0,
    );
    return `${member.connectors.length} connectors, ${tasks} tasks`;
  }
  if (member.tasks) {
    const count = (parts: { partitions: number[] }[]) =>
      parts.reduce((sum, part) => sum + part.partitions.length, 0);
    return `${count(member.tasks.active)} tasks`;
  }
  const words = assignmentWords(member.assigned, false);
  if (member.assigned.length === 0 || (!isMany && words.length <= 14)) return words;
  const partitions = member.assigned.reduce((sum, each) => sum + each.partitions.length, 0);
  return formatCountOf(partitions, 'partition', 'partitions');
}

function membersNote(group: GroupDetail): string {
  if (group.members === null) return 'not known now';
  if (group.members === 0) return 'none: nobody reads';
  return group.members === 1 ? '1, alive' : `${group.members}, all alive`;
}
