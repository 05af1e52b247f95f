import { metadataV4, metadataV8, metadataV12, Reader } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { decodeMetadata, leaderOf, partitionRow, rowsByName } from './read-metadata.ts';
import { FlatWriter } from './wire/flat-writer.ts';
import { metadataRequest } from './wire/metadata-codec.ts';

type Partition = { error?: number; index: number; leader: number; replicas: number[]; isr: number[] };
type Topic = { error?: number; name: string; partitions: Partition[] };

function answer(version: number, topics: Topic[]): Buffer {
  const flexible = version >= 9;
  const writer = new FlatWriter().int32(0).count(2, flexible);
  for (const id of [1, 2])
    writer.int32(id).string('127.0.0.1', flexible).int32(9_092).string(`r${id}`, flexible).tags(flexible);
  writer.string('a-cluster', flexible).int32(2).count(topics.length, flexible);
  for (const topic of topics) {
    writer.int16(topic.error ?? 0).string(topic.name, flexible);
    if (version >= 10) writer.uuid(Buffer.from(topic.name.padEnd(16)).toString('hex').slice(0, 32));
    writer.bool(topic.name.startsWith('__')).count(topic.partitions.length, flexible);
    for (const { error, index, leader, replicas, isr } of topic.partitions) {
      writer
        .int16(error ?? 0)
        .int32(index)
        .int32(leader);
      if (version >= 7) writer.int32(3);
      for (const list of [replicas, isr, ...(version >= 5 ? [[]] : [])]) {
        writer.count(list.length, flexible);
        for (const id of list) writer.int32(id);
      }
      writer.tags(flexible);
    }
    if (version >= 8) writer.int32(0);
    writer.tags(flexible);
  }
  if (version >= 8 && version <= 10) writer.int32(0);
  return writer.tags(flexible).done();
}

const topics: Topic[] = [
  { name: 'b', partitions: [{ index: 0, leader: 1, replicas: [1, 2], isr: [1] }] },
  {
    name: 'a',
    partitions: [
      { index: 2, leader: 2, replicas: [2], isr: [2] },
      { index: 0, leader: -1, error: 5, replicas: [1, 2], isr: [] },
    ],
  },
  { name: '__x', error: 29, partitions: [] },
];

describe('metadata as columns', () => {
  it.each([4, 5, 7, 8, 9, 10, 11, 12])(
    'version %i: sorted, aligned, a leaderless partition is a row like others',
    async (version) => {
      const columns = await decodeMetadata(answer(version, topics), version);
      expect(columns.names).toEqual(['__x', 'a', 'b']);
      expect([...columns.topicError]).toEqual([29, 0, 0]);
      expect([...columns.isInternal]).toEqual([1, 0, 0]);
      expect([...columns.partitionStart]).toEqual([0, 0, 2, 3]);
      expect([...columns.partition]).toEqual([0, 2, 0]);
      expect([...columns.partitionError]).toEqual([5, 0, 0]);
      expect([...columns.leader]).toEqual([-1, 2, 1]);
      expect([...columns.replicaStart]).toEqual([0, 2, 3, 5]);
      expect([...columns.replicas]).toEqual([1, 2, 2, 1, 2]);
      expect([...columns.isrStart]).toEqual([0, 0, 1, 2]);
      expect([...columns.isr]).toEqual([2, 1]);
      expect(columns.brokers).toEqual([
        { id: 1, host: '127.0.0.1', port: 9_092, rack: 'r1' },
        { id: 2, host: '127.0.0.1', port: 9_092, rack: 'r2' },
      ]);
      expect(columns.controllerId).toBe(2);
      expect(columns.topicIds[1]).toBe(version >= 10 ? '61202020-2020-2020-2020-202020202020' : '');
    },
  );

  it('the library reads our answers the same way, where nothing is in trouble', () => {
    const healthy = topics.slice(0, 1);
    for (const [version, codec] of [
      [4, metadataV4],
      [8, metadataV8],
      [12, metadataV12],
    ] as const) {
      const read = codec.parseResponse(0, 3, version, Reader.from(answer(version, healthy)));
      expect(read.topics[0]?.name).toBe('b');
      expect(read.topics[0]?.partitions[0]?.isrNodes).toEqual([1]);
      expect(read.brokers.length).toBe(2);
    }
  });

  it('asks as the library does', () => {
    const named = metadataV12.createRequest([{ name: 'a' }], false, false).buffer;
    expect(metadataRequest(12, ['a'])).toEqual(named);
  });

  it('a cut answer is a broken frame, at whatever byte it was cut', async () => {
    const whole = answer(12, topics);
    for (let length = 4; length < whole.length - 1; length += 7) {
      await expect(decodeMetadata(whole.subarray(0, length), 12)).rejects.toMatchObject({
        code: 'kafka.bad-frame',
      });
    }
  });

  it('finds rows, also where numbers have gaps', async () => {
    const columns = await decodeMetadata(answer(12, topics), 12);
    const row = rowsByName(columns.names).get('a') ?? -1;
    expect(partitionRow(columns, row, 2)).toBe(1);
    expect(partitionRow(columns, row, 1)).toBe(-1);
    expect(leaderOf(columns, 'b', 0)).toBe(1);
    expect(() => leaderOf(columns, 'a', 0)).toThrow(expect.objectContaining({ code: 'kafka.no-leader' }));
  });
});
