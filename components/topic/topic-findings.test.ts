import { describe, expect, it } from 'vitest';
import type { PartitionRow, TopicDetail } from '#lib/model/topic.ts';
import { electable, movedLeaders, namePartitions, topicFindings } from './topic-findings.ts';

const partition = (
  number: number,
  stateWords: string,
  outOfSync: number[],
  more: Partial<PartitionRow> = {},
): PartitionRow => ({
  partition: number,
  state: 'ok',
  stateWords,
  leader: 1,
  preferredLeader: 1,
  replicas: [1, 2, 3].map((broker) => ({
    broker,
    isInSync: !outOfSync.includes(broker),
    sizeBytes: null,
    logDir: null,
  })),
  outOfSync,
  since: null,
  startOffset: '0',
  endOffset: '0',
  records: '0',
  sizeBytes: null,
  recordsPerSecond: null,
  ...more,
});

const topic = (partitions: PartitionRow[], down: number[]): TopicDetail => ({
  name: 't',
  topicId: null,
  isInternal: false,
  state: 'ok',
  partitions,
  replicationFactor: 3,
  minInSyncReplicas: 2,
  cleanupPolicy: 'delete',
  retentionMs: null,
  configsSet: 0,
  recordsPerSecond: null,
  bytesPerSecond: null,
  sizeBytes: null,
  groups: 0,
  brokers: [1, 2, 3].map((id) => ({
    id,
    rack: null,
    state: down.includes(id) ? 'critical' : 'ok',
    stateWords: down.includes(id) ? 'Not answering' : 'Up',
  })),
  asOf: null,
  missing: [],
});

describe('what is wrong with a topic', () => {
  it('says nothing of a healthy one', () => {
    expect(topicFindings(topic([partition(0, 'In sync', [])], []))).toEqual([]);
  });

  it('puts refused writes before what is merely thin, with the cause only where a broker is down', () => {
    const found = topicFindings(
      topic(
        [
          partition(0, 'Under-replicated', [3], { state: 'explained' }),
          partition(2, 'Refuses writes', [2, 3], { state: 'critical' }),
          partition(8, 'Refuses writes', [2, 3], { state: 'critical' }),
        ],
        [3],
      ),
    );
    expect(found.map((finding) => finding.title)).toEqual([
      'Partitions 2 and 8 refuse writes with acks=all.',
      'Broker 3 does not answer, so 1 partition is under-replicated.',
    ]);
    expect(found[0]?.detail).toBe(
      '1 replica is in sync and min.insync.replicas is 2. Bringing back broker 3 ends it.',
    );
    expect(found[0]?.broker).toBe(3);
  });

  it('claims no cause when every broker answers', () => {
    const [found] = topicFindings(topic([partition(4, 'Under-replicated', [2], { state: 'warning' })], []));
    expect(found?.severity).toBe('warning');
    expect(found?.detail).toBe('The replica on broker 2 is not in sync, although every broker answers.');
  });

  it('names a few partitions and counts the rest', () => {
    expect(namePartitions([3])).toBe('Partition 3');
    expect(namePartitions([0, 1, 2], 3)).toBe('All 3 partitions');
    expect(namePartitions([1, 2, 3, 4, 5, 6, 7])).toBe('Partitions 1, 2, 3, 4, 5, 6 and 7');
    expect(namePartitions([1, 2, 3, 4, 5, 6, 7, 8])).toBe('Partitions 1, 2, 3, 4, 5, 6 and 2 more');
  });

  it('finds leaders that are not the preferred ones', () => {
    const moved = topic([partition(0, 'In sync', []), partition(1, 'In sync', [], { leader: 2 })], []);
    expect(movedLeaders(moved).map((row) => row.partition)).toEqual([1]);
    expect(electable(moved).map((row) => row.partition)).toEqual([1]);
    const away = topic([partition(1, 'Under-replicated', [1], { leader: 2 })], [1]);
    expect(movedLeaders(away)).toHaveLength(1);
    expect(electable(away)).toEqual([]);
  });
});
