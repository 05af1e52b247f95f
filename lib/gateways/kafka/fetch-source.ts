import { AppError } from '#lib/errors/app-error.ts';
import type { LogSource, TopicShape } from '#lib/model/log-source.ts';
import type { KafkaChannel, KafkaClient } from './client.ts';
import { listOffsets } from './list-offsets.ts';
import { readTopic } from './read-metadata.ts';

/**
 * One topic as logs that the scan engine reads. The topic's id is pinned at the first look: when the topic was deleted
 * and created again under its name, nothing of the new one is mistaken for the old (F12).
 * @param channel connections for reading, apart from those for questions.
 * @param pinned the id that an earlier page saw.
 */
export function topicSource(
  client: KafkaClient,
  channel: KafkaChannel,
  topic: string,
  pinned = '',
): LogSource {
  let topicId = pinned;
  let shape: TopicShape | null = null;
  return {
    topicName: topic,
    async topic(options = {}) {
      if (shape && !options.refresh) return shape;
      const metadata = await readTopic(client, topic, options);
      const id = metadata.topicIds[0] ?? '';
      if (topicId !== '' && id !== topicId) throw new AppError('topic.recreated', { topic });
      topicId = id;
      shape = {
        topicId: id,
        partitions: Array.from(metadata.partition, (partition, row) => ({
          partition,
          leader: metadata.leader[row] as number,
        })),
      };
      return shape;
    },
    async listOffsets(leader, partitions, at, isolation, options = {}) {
      return listOffsets(channel, leader, topic, partitions, at, { ...options, isolation });
    },
    async fetch(leader, asks, options) {
      const response = await channel.fetchRaw(
        leader,
        {
          topic,
          topicId,
          partitions: asks,
          isolation: options.isolation,
          maxWaitMs: options.waitMs ?? 100,
          minBytes: 1,
          maxBytes: options.maxBytes,
        },
        options,
      );
      if (response.errorCode !== 0) {
        return asks.map(({ partition }) => ({ ...unanswered, partition, errorCode: response.errorCode }));
      }
      return response.partitions;
    },
  };
}

const unanswered = {
  records: Buffer.alloc(0),
  highWatermark: -1n,
  lastStableOffset: -1n,
  logStartOffset: -1n,
  aborted: [],
};
