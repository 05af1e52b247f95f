import {
  deleteGroupsV1,
  deleteGroupsV2,
  offsetCommitV6,
  offsetCommitV7,
  offsetCommitV8,
  offsetCommitV9,
  offsetDeleteV0,
} from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { decodeOffsetCommit, encodeOffsetCommit } from './commit-offsets.ts';
import { encodeDeleteGroup } from './delete-group.ts';
import { decodeOffsetDelete, encodeOffsetDelete } from './delete-offsets.ts';
import { decodeShareOffsets } from './describe-share-offsets.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** The library writes these requests as well: what the broker of the tests does not choose is held against it. */

const offsets = [
  { topic: 'orders', partition: 0, offset: 9_007_199_254_740_993n },
  { topic: 'orders', partition: 7, offset: 0n },
  { topic: 'päyments', partition: 2, offset: 5n, metadata: 'kept' },
];
const topicsOf = [
  { name: 'orders', partitions: offsets.slice(0, 2) },
  { name: 'päyments', partitions: offsets.slice(2) },
].map(({ name, partitions }) => ({
  name,
  partitions: partitions.map(({ partition, offset, metadata }) => ({
    ...{ partitionIndex: partition, committedOffset: offset, committedLeaderEpoch: -1 },
    committedMetadata: metadata ?? '',
  })),
}));

describe('requests that change groups', () => {
  it.each([
    [6, offsetCommitV6],
    [7, offsetCommitV7],
    [8, offsetCommitV8],
    [9, offsetCommitV9],
  ])('OffsetCommit %i is as the library writes it', (version, codec) => {
    expect(encodeOffsetCommit(version, 'billing', offsets)).toEqual(
      codec.createRequest('billing', -1, '', null, topicsOf).buffer,
    );
  });

  it('OffsetDelete and DeleteGroups are as the library writes them', () => {
    const topics = topicsOf.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex })),
    }));
    expect(encodeOffsetDelete('billing', offsets)).toEqual(
      offsetDeleteV0.createRequest('billing', topics).buffer,
    );
    expect(encodeDeleteGroup(1, 'billing')).toEqual(deleteGroupsV1.createRequest(['billing']).buffer);
    expect(encodeDeleteGroup(2, 'billing')).toEqual(deleteGroupsV2.createRequest(['billing']).buffer);
  });
});

describe('answers to changes of groups', () => {
  it.each([7, 9])('OffsetCommit %i tells each partition’s own error', (version) => {
    const flexible = version >= 8;
    const writer = new FlatWriter().int32(0).count(1, flexible).string('orders', flexible).count(2, flexible);
    for (const [partition, code] of [
      [0, 0],
      [7, 25],
    ] as const)
      writer.int32(partition).int16(code).tags(flexible);
    expect(decodeOffsetCommit(writer.tags(flexible).tags(flexible).done(), version)).toEqual([
      { topic: 'orders', partition: 0, errorCode: 0 },
      { topic: 'orders', partition: 7, errorCode: 25 },
    ]);
  });

  it('OffsetDelete has its error before the throttle time', () => {
    const writer = new FlatWriter()
      .int16(0)
      .int32(1_000)
      .count(1, false)
      .string('orders', false)
      .count(1, false);
    expect(decodeOffsetDelete(writer.int32(4).int16(86).done())).toEqual({
      errorCode: 0,
      partitions: [{ topic: 'orders', partition: 4, errorCode: 86 }],
    });
  });

  it.each([0, 1])('DescribeShareGroupOffsets %i gives starts, and the lag where it has it', (version) => {
    const writer = new FlatWriter().int32(0).count(1, true).string('billing', true).count(1, true);
    writer.string('orders', true).uuid('0f1e2d3c-0000-1111-2222-333344445555').count(1, true);
    writer.int32(3).int64(12n).int32(-1);
    if (version >= 1) writer.int64(4n);
    writer
      .int16(0)
      .string(null, true)
      .tags(true)
      .tags(true)
      .int16(0)
      .string(null, true)
      .tags(true)
      .tags(true);
    expect(decodeShareOffsets(writer.done(), version)).toEqual([
      {
        ...{ groupId: 'billing', errorCode: 0, message: null },
        offsets: [
          { topic: 'orders', partition: 3, startOffset: 12n, lag: version >= 1 ? 4n : null, errorCode: 0 },
        ],
      },
    ]);
  });
});
