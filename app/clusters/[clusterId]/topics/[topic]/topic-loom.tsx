'use client';

import { useMemo } from 'react';
import type { LoomBroker } from '#components/loom/arrange-loom.ts';
import { Loom, type LoomRow } from '#components/loom/loom.tsx';
import { Bank } from '#components/ui/section.tsx';
import { formatBytes, formatCount, formatCountOf, formatRate } from '#lib/format.ts';
import type { PartitionRow, TopicDetail } from '#lib/model/topic.ts';

const bytesText = (value: number): string => {
  const { value: text, unit } = formatBytes(value);
  return `${text} ${unit}`;
};

/** The replicas of a topic by broker, with what its partitions take and hold in line below them. */
export function TopicLoom({
  topic,
  current,
  onOpen,
}: {
  topic: TopicDetail;
  current?: number | null;
  onOpen: (partition: number) => void;
}) {
  const replicas = topic.partitions.reduce((sum, row) => sum + row.replicas.length, 0);
  const inSync = topic.partitions.reduce(
    (sum, row) => sum + row.replicas.filter((replica) => replica.isInSync).length,
    0,
  );
  const rows = useMemo(() => rowsOf(topic.partitions), [topic.partitions]);
  const partitions = useMemo(
    () =>
      topic.partitions.map((row) => ({
        partition: row.partition,
        leader: row.leader,
        replicas: row.replicas,
        isTroubled: row.state !== 'ok',
      })),
    [topic.partitions],
  );
  const brokers = useMemo(
    () =>
      topic.brokers.map(
        (broker): LoomBroker => ({
          ...broker,
          state: broker.state === 'explained' ? 'warning' : broker.state,
        }),
      ),
    [topic.brokers],
  );
  const note = `${formatCountOf(topic.partitions.length, 'partition', 'partitions')}, ${formatCountOf(replicas, 'replica', 'replicas')}, ${formatCount(inSync)} in sync`;
  return (
    <Bank title="Replicas by broker" note={note} isPadded>
      <Loom
        caption={`Replicas by broker: ${note}`}
        partitions={partitions}
        brokers={brokers}
        rows={rows}
        current={current ?? null}
        onOpen={onOpen}
      />
    </Bank>
  );
}

function rowsOf(partitions: readonly PartitionRow[]): LoomRow[] {
  const byNumber = new Map(partitions.map((row) => [row.partition, row]));
  const most = (value: (row: PartitionRow) => number | null) =>
    Math.max(0, ...partitions.map((row) => value(row) ?? 0));
  const mostRate = most((row) => row.recordsPerSecond);
  const mostSize = most((row) => row.sizeBytes);
  return [
    {
      kind: 'state',
      id: 'writes',
      label: 'Writes',
      note: 'acks=all',
      stateOf: (partition) => {
        const row = byNumber.get(partition);
        if (!row) return null;
        return row.state === 'critical'
          ? { mark: 'critical', words: row.stateWords === 'Offline' ? 'offline' : 'refused' }
          : { mark: 'ok', words: 'accepted' };
      },
    },
    {
      kind: 'heat',
      id: 'rate',
      label: 'Records/s',
      note: mostRate === 0 ? 'none' : `0 to ${formatRate(mostRate)}`,
      valueOf: (partition) => byNumber.get(partition)?.recordsPerSecond ?? null,
      most: mostRate,
      format: (value) => `${formatRate(value)} records/s`,
    },
    {
      kind: 'heat',
      id: 'size',
      label: 'Size',
      note: mostSize === 0 ? 'none' : `0 to ${bytesText(mostSize)}`,
      valueOf: (partition) => byNumber.get(partition)?.sizeBytes ?? null,
      most: mostSize,
      format: bytesText,
    },
  ];
}
