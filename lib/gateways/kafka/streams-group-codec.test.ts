import { describe, expect, it } from 'vitest';
import { decodeStreamsGroups } from './streams-group-codec.ts';
import { FlatWriter } from './wire/flat-writer.ts';

const taskList = (writer: FlatWriter, tasks: [string, number[]][]) => {
  writer.count(tasks.length, true);
  for (const [id, partitions] of tasks) {
    writer.string(id, true).count(partitions.length, true);
    for (const partition of partitions) writer.int32(partition);
    writer.tags(true);
  }
};

/** StreamsGroupDescribe 0 as its schema in Kafka 4.3 lays it out (KIP-1071). */
function frame(): Buffer {
  const writer = new FlatWriter().int32(0).count(2, true);
  writer.int16(0).string(null, true).string('billing', true).string('Stable', true).int32(5).int32(5);
  writer.int8(1).int32(3).count(1, true).string('0', true).count(1, true).string('orders', true);
  writer.count(1, true).string('billing-repartition', true);
  writer.count(1, true).string('billing-changelog', true).int32(0).int16(3);
  writer.count(1, true).string('cleanup.policy', true).string('compact', true).tags(true).tags(true);
  writer.count(1, true).string('billing-repartition', true).int32(2).int16(3).count(0, true).tags(true);
  writer.tags(true).tags(true);
  writer.count(1, true).string('member-1', true).int32(5).string(null, true).string('rack-1', true);
  writer.string('client-1', true).string('/127.0.0.1', true).int32(3).string('process-1', true);
  writer.int8(1).string('host', true).int16(8_080).tags(true);
  writer.count(1, true).string('zone', true).string('a', true).tags(true);
  for (let i = 0; i < 2; i += 1) writer.count(1, true).string('0', true).int32(1).int64(77n).tags(true);
  for (const active of [[1, 0], [0]]) {
    taskList(writer, [['0', active]]);
    taskList(writer, [['0', [9]]]);
    taskList(writer, []);
    writer.tags(true);
  }
  writer.bool(false).tags(true).int32(-2_147_483_648).tags(true);
  writer.int16(69).string('not there', true).string('gone', true).string('', true).int32(0).int32(0);
  writer.int8(-1).count(0, true).int32(-2_147_483_648).tags(true);
  return writer.tags(true).done();
}

describe('streams groups', () => {
  it('show active tasks as the partitions of the topics they read; errors are data', () => {
    const [group, gone] = decodeStreamsGroups(frame());
    expect(group).toMatchObject({
      groupId: 'billing',
      type: 'streams',
      state: 'Stable',
      epoch: 5,
      errorCode: 0,
    });
    expect(group?.members).toEqual([
      {
        memberId: 'member-1',
        instanceId: null,
        clientId: 'client-1',
        host: '/127.0.0.1',
        rack: 'rack-1',
        epoch: 5,
        assigned: [
          { topic: 'billing-repartition', partitions: [0, 1] },
          { topic: 'orders', partitions: [0, 1] },
        ],
        target: [
          { topic: 'billing-repartition', partitions: [0] },
          { topic: 'orders', partitions: [0] },
        ],
        tasks: {
          active: [{ subtopology: '0', partitions: [0, 1] }],
          standby: [{ subtopology: '0', partitions: [9] }],
          warmUp: [],
        },
        connectors: null,
      },
    ]);
    expect(group?.subtopologies).toEqual([
      {
        id: '0',
        sourceTopics: ['orders'],
        repartitionTopics: ['billing-repartition'],
        changelogTopics: ['billing-changelog'],
      },
    ]);
    expect(gone).toMatchObject({
      groupId: 'gone',
      errorCode: 69,
      errorMessage: 'not there',
      members: [],
      subtopologies: null,
    });
  });
});
