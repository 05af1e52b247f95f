import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { expect, it } from 'vitest';
import { partitionOfKey } from './key-partition.ts';

it('a key goes where kafkajs, and so the Java client, puts it', () => {
  const choose = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 300 }), (key, count) => {
      const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({
        partitionId,
        leader: 1,
        partitionErrorCode: 0,
        replicas: [],
        isr: [],
        offlineReplicas: [],
      }));
      const expected = choose({
        topic: 't',
        partitionMetadata,
        message: { key: Buffer.from(key), value: null },
      });
      expect(partitionOfKey(key, count)).toBe(expected);
    }),
  );
});
