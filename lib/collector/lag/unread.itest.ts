import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commitOffsets } from '#lib/testing/commit-offsets.ts';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { connectKafka } from '#platform/workload/connect.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import type { PartName } from '../pace.ts';
import { sampleCluster } from '../sample.ts';
import { emptySnapshot, type Snapshot } from '../snapshot.ts';

/** What a consumer would still receive, with consumers as judges; and what retention really deletes. */

const prefix = `lag-unread-${process.pid}`;
const platform = platformHandle();
const fixture = openFixture(platform.bootstrap);
const client = testKafkaClient();
const parts = new Set<PartName>(['offsets', 'groups', 'starts', 'sizes']);

let snapshot: Snapshot = emptySnapshot('test');
const read = async () => {
  snapshot = await sampleCluster(client, snapshot, parts, AbortSignal.timeout(60_000));
};
const sumOf = (groupId: string) => snapshot.lag.sumOf(groupId)!;
const until = (isSo: () => void, timeout = 60_000) =>
  vi.waitFor(
    async () => {
      await read();
      isSo();
    },
    { timeout, interval: 200 },
  );
const records = (count: number, timestamp?: number) =>
  Array.from({ length: count }, (_, i) => ({
    value: `record ${i}`,
    partition: 0,
    ...(timestamp === undefined ? {} : { timestamp }),
  }));

/** A topic with ten records, and a group of its name that stands at an offset. */
async function stand(name: string, offset: bigint, config: Record<string, string> = {}): Promise<string> {
  const topic = `${prefix}.${name}`;
  await fixture.createTopic(topic, { partitions: 1, config });
  await fixture.produce(topic, records(10));
  await commitOffsets(client, topic, topic, [offset]);
  return topic;
}

/** How many records a consumer of the group still gets. */
async function received(groupId: string): Promise<number> {
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...['--topic', groupId, '--group', groupId, '--isolation-level', 'read_committed'],
    ...['--timeout-ms', '5000', '--command-property', 'enable.auto.commit=false'],
  ]);
  return stdout.split('\n').filter((line) => line.startsWith('record ')).length;
}

beforeAll(read);

afterAll(async () => {
  await vi.waitFor(() => fixture.deleteGroups(prefix), { timeout: 20_000, interval: 500 });
  await fixture.deleteTopics(prefix);
  await client.close();
});

describe('what a consumer would still receive', () => {
  it('is nothing behind which only an aborted transaction lies, as a consumer finds', async () => {
    const topic = await stand('aborted', 10n);
    const transaction = { id: `${topic}-tx`, outcome: 'abort' } as const;
    await fixture.produce(topic, records(7), { transaction });
    await until(() => expect(sumOf(topic).lag).toBe(0));
    expect(sumOf(topic).worst?.measured).toMatchObject({ rule: 'nothing-receivable', next: 18 });
    // Kafka's own tool counts offsets.
    expect(snapshot.groupOffsets.value!.get(topic)!.lagTotal).toBe(8n);
    expect(await received(topic)).toBe(0);
    await fixture.produce(topic, records(3));
    await until(() => expect(sumOf(topic).lag).toBe(3));
    expect(await received(topic)).toBe(3);
  });

  it('is nothing when the marker of a committed transaction is all there is', async () => {
    const topic = await stand('marker', 10n);
    await fixture.produce(topic, records(4), { transaction: { id: `${topic}-tx`, outcome: 'commit' } });
    await commitOffsets(client, topic, topic, [14n]);
    await until(() => expect(sumOf(topic).lag).toBe(0));
    expect(await received(topic)).toBe(0);
  });

  it('does not count what an open transaction holds back, and tells it apart', async () => {
    const topic = await stand('open', 10n);
    const kafka = connectKafka(platform.bootstrap, topic);
    const producer = kafka.producer({
      transactionalId: `${topic}-tx`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: records(5).map(({ value }) => ({ value, partition: 0 })) });
    await until(() => expect(sumOf(topic).worst?.measured).toMatchObject({ lag: 0, openTransaction: 5 }));
    await transaction.commit();
    await producer.disconnect();
    await until(() => expect(sumOf(topic).worst?.measured).toMatchObject({ lag: 6, openTransaction: 0 }));
  });
});

describe('the clock of loss', () => {
  it('had said when retention would delete unread records, within a tenth of it', async () => {
    const retentionMs = 180_000;
    const topic = `${prefix}.expiring`;
    await fixture.createTopic(topic, { partitions: 1, config: { 'retention.ms': String(retentionMs) } });
    // Written long ago, as their own times say: retention goes by these.
    await fixture.produce(topic, records(20, Date.now() - retentionMs + 25_000));
    await commitOffsets(client, topic, topic, [5n]);
    await until(() => expect(sumOf(topic).loss).toMatchObject({ kind: 'in', by: 'time' }));
    const { loss } = sumOf(topic);
    const said = snapshot.groupOffsets.at! + (loss.kind === 'in' ? loss.ms : Number.NaN);
    let before = Date.now();
    await vi.waitFor(
      async () => {
        const asked = Date.now();
        await read();
        const now = sumOf(topic).loss;
        if (now.kind !== 'lost') before = asked;
        expect(now).toEqual({ kind: 'lost', records: '15' });
      },
      { timeout: 120_000, interval: 200 },
    );
    const seen = snapshot.groupOffsets.at!;
    // Not before the clock ran out, and not much later: brokers look every ten seconds.
    expect(seen).toBeGreaterThanOrEqual(said);
    expect(before - said).toBeLessThan(retentionMs / 10);
    expect(sumOf(topic)).toMatchObject({ lag: 0 });
  });
});
