'use client';

import { HeatStrip } from '#components/charts/heat-strip.tsx';
import { sortPartitions } from '#components/group/worst-partition.ts';
import { Bank } from '#components/ui/section.tsx';
import { formatDuration } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import { lagTime } from '../partition-columns.tsx';
import { useLagHistory } from '../use-lag-history.ts';

const most = 50;

/** Lag in time of each partition over the range, one strip below the other: what moved together is seen at once. */
export function PartitionHeat({ clusterId, group }: { clusterId: string; group: GroupDetail }) {
  const rows = sortPartitions(sortPartitions(group.partitions, '-trouble').slice(0, most), 'partition');
  const history = useLagHistory(clusterId, group.groupId, rows);
  if (rows.length === 0) return null;
  const isMany = new Set(rows.map(({ topic }) => topic)).size > 1;
  return (
    <Bank
      title="Lag in time by partition"
      note={`0 to ${formatDuration(history.most)}, kept once a minute${group.partitions.length > most ? `; the ${most} worst of ${group.partitions.length}` : ''}`}
    >
      <table className="dt dense">
        <caption className="vh">Lag in time of the partitions of {group.groupId}</caption>
        <thead>
          <tr>
            {isMany ? <th scope="col">Topic</th> : null}
            <th scope="col" className="num">
              Part.
            </th>
            <th scope="col" style={{ width: '100%' }}>
              {history.words}
            </th>
            <th scope="col" className="num">
              Now
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const values = history.of(row.topic, row.partition);
            return (
              <tr key={`${row.topic}/${row.partition}`}>
                {isMany ? <td className="name">{row.topic}</td> : null}
                <td className="num">{row.partition}</td>
                <td>
                  {values === undefined ? null : values === null ? (
                    <span className="text-ink-3">Not kept yet</span>
                  ) : (
                    <span className="wide-strip">
                      <HeatStrip
                        values={values}
                        most={history.most}
                        width={960}
                        height={16}
                        label={`Lag in time of partition ${row.partition} of ${row.topic}, ${history.words}`}
                      />
                    </span>
                  )}
                </td>
                <td className="num">{lagTime(row)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Bank>
  );
}
