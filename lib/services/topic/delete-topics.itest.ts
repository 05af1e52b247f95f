import { describe, expect, it } from 'vitest';
import { deleteTopics as removeTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { act, ask, clusterId, plan, refused, topicSuite } from '#lib/testing/topic-suite.ts';
import { deleteRecords, planDeleteRecords } from './delete-records.ts';
import { deleteTopics, planDeleteTopics } from './delete-topics.ts';
import { readTopic } from './read-topic.ts';

/** Verbs that take records or topics away, against the real cluster. */
const suite = topicSuite('delete');

describe('deleting records', () => {
  it('takes what the plan named and nothing that was written after it', async () => {
    const topic = await suite.create('emptied');
    await suite.write(topic, 4);
    const seen = await plan(planDeleteRecords, { clusterId, topic, upTo: { kind: 'all' } });
    expect(seen.records).toBe('12');
    await suite.write(topic, 2);
    const before = seen.partitions.flatMap(({ partition, before: offset }) =>
      offset === null ? [] : [{ partition, offset }],
    );
    const wrong = await refused(deleteRecords, { clusterId, topic, before, digest: seen.digest, typed: 'x' });
    expect(wrong.fields?.typed).toBe(`Type ${topic} to confirm.`);
    const changed = before.map(({ partition }) => ({ partition, offset: '6' }));
    expect(
      (await refused(deleteRecords, { clusterId, topic, before: changed, digest: seen.digest, typed: topic }))
        .code,
    ).toBe('plan.moved');
    const { value, audit } = await act(deleteRecords, {
      clusterId,
      topic,
      before,
      digest: seen.digest,
      typed: topic,
    });
    expect(value).toEqual({ partitions: 3, failures: [] });
    expect(audit).toMatchObject({ action: 'topic.delete-records', outcome: 'succeeded' });
    const starts = await suite.platform.cli('org.apache.kafka.tools.GetOffsetShell', [
      ...['--topic', topic, '--time', 'earliest'],
    ]);
    expect(starts.stdout.trim().split('\n').sort()).toEqual([0, 1, 2].map((p) => `${topic}:${p}:4`));
    const detail = await ask(readTopic, { clusterId, topic });
    expect(detail.partitions.map((row) => row.records)).toEqual(['2', '2', '2']);
  });

  it('goes up to an offset of one partition, or up to a time', async () => {
    const topic = await suite.create('shortened');
    await suite.write(topic, 3);
    const at = await plan(planDeleteRecords, {
      clusterId,
      topic,
      upTo: { kind: 'offset', partition: 1, offset: '2' },
    });
    expect(at.partitions).toMatchObject([{ partition: 1, startOffset: '0', before: '2', records: '2' }]);
    const future = await plan(planDeleteRecords, {
      clusterId,
      topic,
      upTo: { kind: 'time', timeMs: Date.now() + 3_600_000 },
    });
    expect(future.records).toBe('9');
    const past = await plan(planDeleteRecords, { clusterId, topic, upTo: { kind: 'time', timeMs: 1 } });
    expect(past.records).toBe('0');
  });

  it('is refused for compacted topics and for those Kafka works with, before anything is tried', async () => {
    const topic = await suite.create('compacted', { 'cleanup.policy': 'compact' });
    const upTo = { kind: 'all' as const };
    expect((await refused(planDeleteRecords, { clusterId, topic, upTo })).code).toBe('topic.compacted');
    expect((await refused(planDeleteRecords, { clusterId, topic: '__consumer_offsets', upTo })).code).toBe(
      'topic.internal',
    );
  });
});

describe('deleting topics', () => {
  it('shows what is lost, takes the typed name, and acts on what the plan saw', async () => {
    const topic = await suite.create('gone');
    await suite.write(topic, 2);
    const seen = await plan(planDeleteTopics, { clusterId, topics: [topic] });
    expect(seen.topics).toMatchObject([{ topic, partitions: 3, records: '6', readers: [] }]);
    expect(seen.typed).toBe(topic);
    const input = { clusterId, topics: [topic], digest: seen.digest };
    expect((await refused(deleteTopics, { ...input, typed: 'something' })).fields?.typed).toContain(topic);
    const { audit } = await act(deleteTopics, { ...input, typed: topic });
    expect(audit).toMatchObject({ action: 'topic.delete', targetId: topic, outcome: 'succeeded' });
    await expect.poll(() => suite.exists(topic)).toBe(false);
    const missing = await refused(deleteTopics, { ...input, typed: topic });
    expect(missing.code).toBe('topic.not-found');
  });

  it('spares a topic that was made anew under the same name', async () => {
    const topic = await suite.create('renewed');
    const seen = await plan(planDeleteTopics, { clusterId, topics: [topic] });
    await removeTopics(suite.client, [{ topic }]);
    await expect.poll(() => suite.exists(topic)).toBe(false);
    await suite.create('renewed');
    const problem = await refused(deleteTopics, {
      clusterId,
      topics: [topic],
      digest: seen.digest,
      typed: topic,
    });
    expect(problem.code).toBe('plan.moved');
    expect(await suite.exists(topic)).toBe(true);
  });

  it('asks for the name of the cluster when there are several, and never touches what Kafka works with', async () => {
    const topics = [await suite.create('many-a'), await suite.create('many-b')];
    const seen = await plan(planDeleteTopics, { clusterId, topics });
    expect(seen.typed).toBe('Test cluster');
    const { value, audit } = await act(deleteTopics, {
      clusterId,
      topics,
      digest: seen.digest,
      typed: 'Test cluster',
    });
    expect(value).toEqual({ deleted: topics, failures: [] });
    expect(audit?.targetId).toBe('2 topics');
    expect((await refused(planDeleteTopics, { clusterId, topics: ['__consumer_offsets'] })).code).toBe(
      'topic.internal',
    );
  });
});

describe('who may', () => {
  it('not a viewer and not a developer, and the attempt is kept', async () => {
    const topic = await suite.create('kept');
    const seen = await plan(planDeleteTopics, { clusterId, topics: [topic] });
    for (const role of ['viewer', 'developer'] as const) {
      const input = { clusterId, topics: [topic], digest: seen.digest, typed: topic };
      expect((await refused(deleteTopics, input, role)).code).toBe('auth.forbidden');
      expect((await refused(planDeleteTopics, { clusterId, topics: [topic] }, role)).code).toBe(
        'auth.forbidden',
      );
    }
    expect(await suite.exists(topic)).toBe(true);
  });
});
