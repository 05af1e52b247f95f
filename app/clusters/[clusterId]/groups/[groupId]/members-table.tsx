import { Empty } from '#components/feedback/faces.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { ObjectName } from '#components/values/numbers.tsx';
import type { GroupDetail, GroupMember } from '#lib/model/group.ts';

/** The members of a group with what each owns, and where it is being moved to. */
export function MembersTable({ group }: { group: GroupDetail }) {
  if (group.memberList.length === 0) {
    return (
      <Empty title={group.members === null ? 'Members are not known now' : 'Nobody is in this group'}>
        {group.members === null
          ? 'The coordinator did not tell them.'
          : 'Its committed offsets stay until they expire.'}
      </Empty>
    );
  }
  return (
    <div className="tw">
      <table className="dt">
        <caption className="vh">Members of {group.groupId}</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Host</th>
            <th scope="col">Owns</th>
          </tr>
        </thead>
        <tbody>
          {group.memberList.map((member) => (
            <tr key={member.memberId}>
              <td title={member.memberId}>
                <span className="name">
                  <ObjectName name={member.clientId || member.memberId} />
                </span>{' '}
                {member.instanceId ? <Tag>static</Tag> : null}
                {member.epoch === null ? null : <span className="text-ink-3"> epoch {member.epoch}</span>}
              </td>
              <td className="text-ink-2">{member.host.replace(/^\//, '')}</td>
              <td>
                {owned(member.assigned)}
                {member.target ? (
                  <div className="text-xs text-ink-3">moving to {owned(member.target)}</div>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `orders 0–3, 7` for each topic. */
function owned(assigned: GroupMember['assigned']): string {
  if (assigned.length === 0) return 'Nothing';
  return assigned
    .map(({ topic, partitions }) => `${assigned.length > 1 ? `${topic} ` : ''}${ranges(partitions)}`)
    .join(', ');
}

function ranges(partitions: readonly number[]): string {
  const sorted = [...partitions].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end + 1 < sorted.length && sorted[end + 1] === sorted[end]! + 1) end++;
    parts.push(end > i ? `${sorted[i]}–${sorted[end]}` : String(sorted[i]));
    i = end + 1;
  }
  return parts.join(', ');
}
