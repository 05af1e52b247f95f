import Link from 'next/link';
import { partitionRanges } from '#components/group/lag-words.ts';
import { Bank } from '#components/ui/section.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail, StreamsTasks } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';

type Role = keyof StreamsTasks;

/** Parts of a streams application with their topics, and who runs which of their tasks (KIP-1071). */
export function SubtopologiesTable({ clusterId, group }: { clusterId: string; group: GroupDetail }) {
  const parts = group.subtopologies ?? [];
  return (
    <Bank
      title="Subtopologies"
      note={`${formatCountOf(parts.length, 'part', 'parts')} of the application, each cut into tasks by partition`}
    >
      <div className="tw">
        <table className="dt">
          <caption className="vh">Subtopologies of {group.groupId}</caption>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Reads</th>
              <th scope="col">Its own topics</th>
              <th scope="col">Active</th>
              <th scope="col">Standby</th>
              <th scope="col">Warming up</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.id}>
                <td className="name">{part.id}</td>
                <td className="wrap">
                  <Topics clusterId={clusterId} topics={part.sourceTopics} none="None" />
                </td>
                <td className="wrap">
                  <Topics
                    clusterId={clusterId}
                    topics={[...part.repartitionTopics, ...part.changelogTopics]}
                    none="None"
                  />
                </td>
                {(['active', 'standby', 'warmUp'] as const).map((role) => (
                  <td key={role} className="wrap">
                    <Runners group={group} subtopology={part.id} role={role} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Bank>
  );
}

function Topics({ clusterId, topics, none }: { clusterId: string; topics: readonly string[]; none: string }) {
  if (topics.length === 0) return <span className="text-ink-3">{none}</span>;
  return topics.map((topic) => (
    <div key={topic}>
      <Link className="name wrap-anywhere" href={paths.topic(clusterId, topic)}>
        {topic}
      </Link>
    </div>
  ));
}

/** `0–3 on orders-1`, a line for each member that has tasks there. */
function Runners({ group, subtopology, role }: { group: GroupDetail; subtopology: string; role: Role }) {
  const lines = group.memberList.flatMap((member) => {
    const tasks = member.tasks?.[role].find((each) => each.subtopology === subtopology);
    return tasks && tasks.partitions.length > 0
      ? [{ id: member.memberId, name: member.clientId || member.memberId, partitions: tasks.partitions }]
      : [];
  });
  if (lines.length === 0) return <span className="text-ink-3">None</span>;
  return lines.map((line) => (
    <div key={line.id}>
      {partitionRanges(line.partitions)} <span className="text-ink-3">on</span>{' '}
      <span className="name wrap-anywhere">{line.name}</span>
    </div>
  ));
}
