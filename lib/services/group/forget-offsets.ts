import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { partitionRow, readMetadata, rowsByName } from '#lib/gateways/kafka/read-metadata.ts';
import type { ForgetPlan } from '#lib/model/offset-reset.ts';
import { digestOf } from '#lib/operations/digest.ts';
import type { Move } from './apply-moves.ts';
import type { LiveGroup } from './live-group.ts';
import { byPlace } from './plan-moves.ts';

/** Offsets that would be gone, with what is behind on them now. */
export type Forgetting = { topics: ForgetPlan['topics']; moves: Move[]; digest: string };

/**
 * What is lost when committed offsets of a group are taken away.
 * @param only these topics; null means all
 */
export async function forgetting(
  client: KafkaClient,
  group: LiveGroup,
  only: readonly string[] | null,
  options: CallOptions,
): Promise<Forgetting> {
  const topics = [...group.committed].filter(([topic]) => only === null || only.includes(topic));
  const names = topics.map(([topic]) => topic);
  const metadata = names.length > 0 ? await readMetadata(client, { ...options, topics: names }) : null;
  const ends = metadata && (await readOffsets(client, metadata, 'end', options)).columns.offsets;
  const moves: Move[] = [];
  const lost = topics.map(([topic, own]) => {
    const t = metadata ? (rowsByName(metadata.names).get(topic) ?? -1) : -1;
    let lag: bigint | null = 0n;
    for (const [partition, from] of own) {
      moves.push({ topic, topicId: metadata?.topicIds[t] ?? '', partition, from, to: null });
      const end = metadata ? (ends?.[partitionRow(metadata, t, partition)] ?? -1n) : -1n;
      if (end < 0n) lag = null;
      else if (lag !== null && end > from) lag += end - from;
    }
    return { topic, partitions: own.size, lagMessages: lag?.toString() ?? null };
  });
  moves.sort(byPlace);
  return {
    topics: lost.sort((a, b) => (a.topic < b.topic ? -1 : 1)),
    moves,
    digest: digestOf({ type: group.type, lost: moves.map((move) => Object.values(move)) }),
  };
}
