import { describe, expect, it } from 'vitest';
import { metadataOf } from '#lib/testing/metadata.ts';
import { topicOf } from '#lib/testing/snapshot.ts';
import { asGroupOffsets } from './share-offsets.ts';

const metadata = metadataOf([topicOf('apples', 1), topicOf('orders', 2)]);
const ends = { offsets: BigInt64Array.from([9n, 100n, 50n]), errors: new Int16Array(3) };
const read = (partition: number, startOffset: bigint, lag: bigint | null, topic = 'orders') => ({
  topic,
  partition,
  startOffset,
  lag,
  errorCode: 0,
});

describe('positions of share groups', () => {
  it('stand where delivery begins; what is done behind it is told apart', () => {
    const offsets = asGroupOffsets([read(1, 20n, 25n), read(0, 90n, null)], metadata, ends);
    expect([...offsets.rows]).toEqual([1, 2]);
    expect([...offsets.committed]).toEqual([90n, 20n]);
    expect([...offsets.lag]).toEqual([10n, 30n]);
    expect([...offsets.doneAhead!]).toEqual([-1n, 5n]);
  });

  it('leave out what has not begun, and keep topics that are gone without a row', () => {
    const offsets = asGroupOffsets(
      [read(0, -1n, null), read(0, 5n, 1n, 'gone'), read(7, 5n, 1n)],
      metadata,
      ends,
    );
    expect([...offsets.rows]).toEqual([-1, -1]);
    expect(offsets.lagTotal).toBeNull();
  });
});
