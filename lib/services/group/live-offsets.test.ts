import { describe, expect, it, vi } from 'vitest';
import type { GroupEntry } from '#lib/collector/snapshot.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { metadataOf } from '#lib/testing/metadata.ts';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { liveOffsets } from './live-offsets.ts';

const columnsOf = (end: bigint) => ({ offsets: BigInt64Array.of(end), errors: new Int16Array(1) });

vi.mock('#lib/gateways/kafka/read-metadata.ts', () => ({
  readMetadata: async () => metadataOf([topicOf('orders', 1)]),
}));
vi.mock('#lib/gateways/kafka/list-offsets.ts', () => ({
  asAppError: (error: unknown) => error,
  readOffsets: async () => ({ columns: columnsOf(130n), failures: [] }),
}));
vi.mock('#lib/gateways/kafka/describe-share-offsets.ts', () => ({
  describeShareOffsets: async () => [
    {
      groupId: 'shared',
      error: null,
      offsets: [{ topic: 'orders', partition: 0, startOffset: 90n, lag: 15n, errorCode: 0 }],
    },
  ],
}));

describe('offsets of a share group, asked now', () => {
  it('tell what is done against the ends of now, not against those of the picture', async () => {
    const known = { ...snapshotOfTopics([topicOf('orders', 1)]), ends: partOf(columnsOf(100n)) };
    const group: GroupEntry = {
      groupId: 'shared',
      protocolType: 'share',
      groupState: 'Stable',
      type: 'share',
      coordinator: 1,
    };
    const { offsets, isLive } = await liveOffsets({} as KafkaClient, known, group, {});
    expect(isLive).toBe(true);
    // Forty lie behind the position, and fifteen of them are not done with.
    expect(offsets).toMatchObject({ lagTotal: 40n, doneAhead: BigInt64Array.of(25n) });
  });
});
