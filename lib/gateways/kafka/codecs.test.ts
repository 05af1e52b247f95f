import { type fetchV12, fetchV17, listOffsetsV9, offsetFetchV8, offsetFetchV9 } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { encodeOffsetFetch } from './fetch-group-offsets.ts';
import { decodeFetch, encodeFetch } from './fetch-raw.ts';
import { encodeListOffsets } from './list-offsets.ts';
import { memberAssignment } from './member-assignment.ts';
import { FlatWriter } from './wire/flat-writer.ts';

const topicId = '0f1e2d3c-0000-1111-2222-333344445555';
const ask = {
  topic: 'orders',
  topicId,
  partitions: [{ partition: 3, offset: 9_007_199_254_740_993n, maxBytes: 1_048_576 }],
  isolation: 'read_committed' as const,
  maxWaitMs: 100,
  minBytes: 1,
  maxBytes: 8_388_608,
};

/** Independent witness: the library's own request for the same question. */
const libraryFetch = (codec: typeof fetchV17 | typeof fetchV12, version: number): Buffer => {
  const partition = {
    partition: 3,
    currentLeaderEpoch: -1,
    fetchOffset: 9_007_199_254_740_993n,
    lastFetchedEpoch: -1,
    partitionMaxBytes: 1_048_576,
  };
  const topic =
    version >= 13
      ? { topicId, partitions: [partition] }
      : { topicId: '', topicName: 'orders', partitions: [partition] };
  return codec.createRequest(100, 1, 8_388_608, 1, 0, -1, [topic], [], '').buffer;
};

describe('bodies that we write ourselves', () => {
  it('Fetch 17 asks by topic id, as the library does', () => {
    expect(encodeFetch(17, ask)).toEqual(libraryFetch(fetchV17, 17));
  });

  it('ListOffsets and OffsetFetch ask as the library does', () => {
    const metadata = {
      clusterId: null,
      controllerId: 1,
      brokers: [],
      names: ['a', 'b', 'c'],
      topicIds: ['', '', ''],
      isInternal: new Uint8Array(3),
      topicError: new Int16Array(3),
      partitionStart: new Int32Array([0, 2, 2, 4]),
      partition: new Int32Array([0, 1, 0, 1]),
      partitionError: new Int16Array(4),
      leader: new Int32Array([1, 1, 1, 1]),
      replicaStart: new Int32Array(5),
      replicas: new Int32Array(0),
      isrStart: new Int32Array(5),
      isr: new Int32Array(0),
    };
    const asked = (name: string, partitions: number[]) => ({
      name,
      partitions: partitions.map((partitionIndex) => ({
        partitionIndex,
        currentLeaderEpoch: -1,
        timestamp: -1n,
      })),
    });
    const ours = encodeListOffsets(9, metadata, new Int32Array([1, 2, 3]), 'end', 'read_committed');
    expect(ours).toEqual(listOffsetsV9.createRequest(-1, 1, [asked('a', [1]), asked('c', [0, 1])]).buffer);
    expect(encodeOffsetFetch(8, ['g'])).toEqual(
      offsetFetchV8.createRequest([{ groupId: 'g', memberEpoch: -1, topics: null }], false).buffer,
    );
    const nine = offsetFetchV9.createRequest(
      [{ groupId: 'g', memberId: null, memberEpoch: -1, topics: null }],
      false,
    );
    expect(encodeOffsetFetch(9, ['g'])).toEqual(nine.buffer);
  });

  it('Fetch answers keep every digit, aborted transactions and the raw batches', () => {
    const writer = new FlatWriter().int32(0).int16(0).int32(0).count(1, true).uuid(topicId).count(1, true);
    writer
      .int32(3)
      .int16(0)
      .int64(2n ** 62n)
      .int64(2n ** 61n)
      .int64(5n)
      .count(1, true)
      .int64(77n)
      .int64(6n)
      .tags(true);
    writer.int32(-1).bytes(Buffer.from('batches'), true).tags(true).tags(true).tags(true);
    const { partitions } = decodeFetch(writer.done(), 17);
    expect(partitions).toEqual([
      {
        partition: 3,
        errorCode: 0,
        highWatermark: 2n ** 62n,
        lastStableOffset: 2n ** 61n,
        logStartOffset: 5n,
        aborted: [{ producerId: 77n, firstOffset: 6n }],
        records: Buffer.from('batches'),
      },
    ]);
  });
});

describe('assignment of a classic member', () => {
  it('is read, and shown as none when its writer broke it', () => {
    const bytes = new FlatWriter()
      .int16(0)
      .count(1, false)
      .string('orders', false)
      .count(2, false)
      .int32(1)
      .int32(0)
      .done();
    expect(memberAssignment(bytes)).toEqual([{ topic: 'orders', partitions: [0, 1] }]);
    expect(memberAssignment(Buffer.from('{"worker":"connect-1"}'))).toEqual([]);
    expect(memberAssignment(bytes.subarray(0, 9))).toEqual([]);
  });
});
