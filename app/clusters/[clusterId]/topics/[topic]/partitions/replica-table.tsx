import Link from 'next/link';
import { State } from '#components/ui/mark.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Bytes } from '#components/values/numbers.tsx';
import type { PartitionRow } from '#lib/model/topic.ts';
import { paths } from '#lib/paths.ts';

/** The replicas of one partition in the order in which they are preferred as leader. */
export function ReplicaTable({ clusterId, row }: { clusterId: string; row: PartitionRow }) {
  return (
    <table className="dt my-2 w-auto">
      <caption className="vh">Replicas of partition {row.partition}</caption>
      <thead>
        <tr>
          <th scope="col">Replica on</th>
          <th scope="col">State</th>
          <th scope="col" className="num">
            Size
          </th>
          <th scope="col">Log dir</th>
        </tr>
      </thead>
      <tbody>
        {row.replicas.map((replica) => (
          <tr key={replica.broker}>
            <td>
              <Link href={paths.broker(clusterId, replica.broker)}>Broker {replica.broker}</Link>{' '}
              {replica.broker === row.preferredLeader ? <Tag>preferred</Tag> : null}
            </td>
            <td>
              {!replica.isInSync ? (
                <State mark={row.state === 'ok' ? 'warning' : row.state}>Out of sync</State>
              ) : replica.broker === row.leader ? (
                <State mark="ok">Leader</State>
              ) : (
                <State mark="ok">Follower in sync</State>
              )}
            </td>
            <td className="num">
              <Bytes value={replica.sizeBytes} digits={3} />
            </td>
            <td className="wrap name text-xs wrap-anywhere">{replica.logDir ?? 'Unknown'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
