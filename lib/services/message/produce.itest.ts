import { randomUUID } from 'node:crypto';
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import type { ManyRecord } from '#lib/model/message-many.ts';
import { runCommand } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { act, clusterId, plan, refused, topicSuite } from '#lib/testing/topic-suite.ts';
import { orderTypes } from '#platform/workload/avro.ts';
import { scanType, shipmentType } from '#platform/workload/protobuf.ts';
import { registerSchema } from '#platform/workload/registry.ts';
import { orderSchemaV1, orderSchemaV2, paymentSchema, shipmentSchema } from '#platform/workload/schemas.ts';
import { planProduceMany, produceMany } from './produce-many.ts';
import { planProduceMessage, produceMessage } from './produce-message.ts';
import { listProduceSubjects, readProduceExample } from './produce-options.ts';
import { readMessage } from './read-message.ts';

/** What is produced by schema and in many, as kafkajs and the shop's own codecs read it. */
const suite = topicSuite('produce');
const witness = new Kafka({ brokers: suite.platform.bootstrap, logLevel: logLevel.NOTHING });
const canary = 'CANARY-77d0';
const signal = AbortSignal.timeout(600_000);

type Seen = KafkaMessage & { partition: number };

/** All records of a topic by kafkajs. */
async function seenIn(topic: string, count: number): Promise<Seen[]> {
  const seen: Seen[] = [];
  const consumer = witness.consumer({ groupId: `${topic}.${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => void seen.push({ ...message, partition }),
  });
  await expect.poll(() => seen.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
  await consumer.disconnect();
  return seen;
}

/** How many records a topic has, by kafkajs. */
async function countIn(topic: string): Promise<number> {
  const admin = witness.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
}

const auditText = async (action: string, topic: string) =>
  JSON.stringify((await searchAudit({ actions: [action], targetId: topic }, { page: 1, pageSize: 50 })).rows);

const order = (change: object = {}) => ({
  orderId: canary,
  sequence: 1,
  customerId: 'c-1',
  state: 'PLACED',
  occurredAt: '2026-11-21T03:12:40.250Z',
  currency: 'EUR',
  total: '12.50',
  lines: [{ sku: 'a', name: 'Ż', quantity: 2, unitPrice: 6.25 }],
  ...change,
});
/** JSON.stringify would round it. */
const bigSequence = JSON.stringify(order({ sequence: 0 })).replace(
  '"sequence":0',
  '"sequence":9007199254740993',
);

let topic = '';
let keyed = '';

beforeAll(async () => {
  topic = await suite.create('schemas');
  keyed = await suite.create('many');
  const { registryUrl } = suite.platform;
  await registerSchema(registryUrl, `${topic}-value`, 'AVRO', JSON.stringify(orderSchemaV1), signal);
  await registerSchema(registryUrl, `${topic}-value`, 'AVRO', JSON.stringify(orderSchemaV2), signal);
  await registerSchema(registryUrl, `${topic}.payment`, 'JSON', JSON.stringify(paymentSchema), signal);
  await registerSchema(registryUrl, `${topic}.shipment`, 'PROTOBUF', shipmentSchema, signal);
  await registerSchema(registryUrl, `${keyed}-value`, 'AVRO', JSON.stringify(orderSchemaV2), signal);
}, 60_000);

const bySchema = (subject: string, value: string, more: { version?: number; message?: string } = {}) => ({
  clusterId,
  topic,
  value,
  valueEncoding: 'schema' as const,
  valueSchema: { subject, version: more.version ?? null, message: more.message ?? '' },
  partition: '0',
});

describe('one record by schema', () => {
  it('Avro, Protobuf and JSON are what other programs read, to the last digit', async () => {
    await act(produceMessage, bySchema(`${topic}-value`, bigSequence));
    await act(produceMessage, bySchema(`${topic}-value`, JSON.stringify(order()), { version: 1 }));
    const shipment = `{"shipment_id": "s", "state": "DELIVERED", "parcelNumber": 9223372036854775807,
      "occurred_at": "2026-11-21T03:12:40.250Z", "skus": ["a", "b"], "address": {"city": "Łódź"}}`;
    await act(
      produceMessage,
      bySchema(`${topic}.shipment`, shipment, { message: 'shop.shipments.ShipmentEvent' }),
    );
    await act(
      produceMessage,
      bySchema(`${topic}.shipment`, '{"depot": "d"}', { message: 'shop.shipments.ShipmentEvent.Scan' }),
    );
    const payment = `{"paymentId":"p","orderId":"o","state":"CAPTURED","amountCents":9007199254740993,"currency":"EUR","occurredAt":"2026-11-21T03:12:40Z"}`;
    await act(produceMessage, bySchema(`${topic}.payment`, payment));

    const values = (await seenIn(topic, 5)).map(({ value }) => value ?? Buffer.alloc(0));
    const [newest, older, shipped, scanned, paid] = values;
    for (const value of values) expect(value[0]).toBe(0);
    expect(orderTypes.v2.fromBuffer(newest!.subarray(5))).toMatchObject({
      orderId: canary,
      sequence: 9007199254740993n,
      state: 'PLACED',
      couponCode: null,
      total: Buffer.from([0x04, 0xe2]),
    });
    expect(orderTypes.v1.fromBuffer(older!.subarray(5))).toMatchObject({ sequence: 1n });
    expect(older!.readUInt32BE(1)).not.toBe(newest!.readUInt32BE(1));
    // The second message of the file, then the first one within it.
    expect([...shipped!.subarray(5, 7)]).toEqual([2, 2]);
    expect(
      shipmentType.toObject(shipmentType.decode(shipped!.subarray(7)), { longs: String, enums: String }),
    ).toEqual({
      shipmentId: 's',
      state: 'DELIVERED',
      parcelNumber: '9223372036854775807',
      occurredAt: { seconds: '1795230760', nanos: 250_000_000 },
      skus: ['a', 'b'],
      address: { city: 'Łódź' },
    });
    expect([...scanned!.subarray(5, 8)]).toEqual([4, 2, 0]);
    expect(scanType.toObject(scanType.decode(scanned!.subarray(8)))).toEqual({ depot: 'd' });
    expect(paid!.subarray(5).toString()).toBe(payment);
  }, 90_000);

  it('is shown as it was typed, and can be produced again from what is shown', async () => {
    const { value } = await act(produceMessage, bySchema(`${topic}-value`, bigSequence));
    const shown = await runQuery(readMessage, contextAs('developer'), {
      clusterId,
      topic,
      partition: value.partition,
      offset: value.offset ?? '',
    });
    const field = shown.ok ? shown.value.value : null;
    expect(field?.schema?.type).toBe('AVRO');
    expect(field?.text).toContain('9007199254740993');
    const again = await act(produceMessage, bySchema(`${topic}-value`, field?.text ?? ''));
    const [first, second] = (await seenIn(topic, 1)).filter(({ offset }) =>
      [value.offset, again.value.offset].includes(offset),
    );
    expect(second?.value).toEqual(first?.value);
  }, 60_000);

  it('a wrong field is named by its path, by the plan and by the act, and nothing is written', async () => {
    const before = await countIn(topic);
    const wrong = bySchema(
      `${topic}-value`,
      JSON.stringify(order({ lines: [{ ...order().lines[0], quantity: 'two' }] })),
    );
    const planned = await plan(planProduceMessage, wrong);
    expect(planned.value).toMatchObject({
      wrong: 1,
      errors: [{ path: 'lines[0].quantity', message: 'a whole number is needed, this is text' }],
      schema: { subject: `${topic}-value`, version: 2 },
    });
    const [error] = planned.value.errors;
    expect(wrong.value.slice(error?.from, error?.to)).toBe('"two"');
    expect(await refused(produceMessage, wrong)).toMatchObject({
      code: 'input.invalid',
      fields: { value: 'value.lines[0].quantity: a whole number is needed, this is text.' },
    });
    expect(await refused(produceMessage, bySchema(`${topic}.nowhere`, '{}'))).toMatchObject({
      code: 'registry.not-found',
    });
    expect(
      await refused(produceMessage, bySchema(`${topic}.shipment`, '{}', { message: 'Nobody' })),
    ).toMatchObject({
      code: 'registry.schema-refused',
    });
    expect(await countIn(topic)).toBe(before);
  });

  it('offers the subjects of the topic first, and examples that can be produced', async () => {
    const subjects = await runQuery(listProduceSubjects, contextAs('operator'), { clusterId, topic });
    expect(subjects.ok && subjects.value).toMatchObject({ reason: null, key: null, value: `${topic}-value` });
    expect(subjects.ok && subjects.value.subjects[0]).toBe(`${topic}-value`);
    for (const [subject, message] of [
      [`${topic}-value`, ''],
      [`${topic}.payment`, ''],
      [`${topic}.shipment`, 'shop.shipments.ShipmentEvent'],
    ] as const)
      for (const example of ['plain', 'edge'] as const) {
        const made = await runQuery(readProduceExample, contextAs('operator'), {
          clusterId,
          topic,
          subject,
          message,
          example,
        });
        if (!made.ok) throw new Error(JSON.stringify(made.problem));
        const planned = await plan(planProduceMessage, bySchema(subject, made.value.example, { message }));
        expect(planned.value.errors, made.value.example).toEqual([]);
      }
  });

  it('the audit holds no payload (R15)', async () => {
    const text = await auditText('message.produce', topic);
    expect(text).toContain('"valueEncoding":"schema"');
    expect(text).not.toContain(canary);
  });
});

const many = (records: ManyRecord[], more: object = {}) => ({
  clusterId,
  topic: keyed,
  keyEncoding: 'text' as const,
  valueEncoding: 'schema' as const,
  valueSchema: { subject: `${keyed}-value` },
  records,
  batch: { id: randomUUID(), part: 1, of: 1 },
  ...more,
});
const records = (count: number): ManyRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    key: index % 5 === 4 ? null : `k-${index}`,
    value: JSON.stringify(order({ sequence: index })),
    headers: [
      { name: 'h', value: String(index) },
      { name: 'h', value: '/w==', encoding: 'base64' as const },
    ],
    timestamp: String(1_795_230_760_000 + index),
  }));

describe('many records', () => {
  it('are planned, and then written where and as the plan said', async () => {
    const input = many(records(300));
    const planned = await plan(planProduceMany, input);
    expect(planned).toMatchObject({ records: 300, wrong: 0, errors: [] });
    expect(planned.sample).toHaveLength(3);
    expect(planned.partitions.reduce((sum, { records: count }) => sum + count, 0)).toBe(300);
    expect(await countIn(keyed)).toBe(0);

    const { value, audit } = await act(produceMany, { ...input, digest: planned.digest });
    expect(value).toMatchObject({ acknowledged: 300, stopped: null });
    const seen = await seenIn(keyed, 300);
    expect(seen).toHaveLength(300);
    for (const { partition, records: count } of planned.partitions)
      expect(seen.filter((record) => record.partition === partition)).toHaveLength(count);
    for (const record of seen) {
      const { sequence } = orderTypes.v2.fromBuffer(record.value!.subarray(5)) as { sequence: bigint };
      expect(record.timestamp).toBe(String(1_795_230_760_000n + sequence));
      expect(record.headers).toEqual({ h: [Buffer.from(String(sequence)), Buffer.from([0xff])] });
      expect(record.key?.toString() ?? null).toBe(Number(sequence) % 5 === 4 ? null : `k-${sequence}`);
    }
    // A key goes where the Java client puts it.
    const { partition } = seen.find(({ key }) => key?.toString() === 'k-0')!;
    const single = await act(produceMessage, {
      clusterId,
      topic: keyed,
      key: 'k-0',
      keyEncoding: 'text',
      value: 'x',
    });
    expect(single.value.partition).toBe(partition);
    expect(JSON.stringify(audit)).toContain('"acknowledged":300');
    expect(await auditText('message.produce-many', keyed)).not.toContain(canary);
  }, 90_000);

  it('a wrong line is named, and nothing at all is written', async () => {
    const before = await countIn(keyed);
    const input = many([
      ...records(3),
      { line: 4, value: '{"orderId": 5}' },
      { line: 5, value: '{' },
      { line: 6, value: null, partition: 99 },
    ]);
    const planned = await plan(planProduceMany, input);
    expect(planned).toMatchObject({ records: 3, wrong: 3 });
    expect(planned.errors.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '4 value.orderId: text is needed, this is a whole number.',
      expect.stringContaining('5 value: Not JSON'),
      '6 partition: the topic has partitions 0 to 2.',
    ]);
    expect(await refused(produceMany, { ...input, digest: planned.digest })).toMatchObject({
      code: 'input.invalid',
    });
    expect(await countIn(keyed)).toBe(before);
  });

  it('is refused when the plan was another', async () => {
    const before = await countIn(keyed);
    const planned = await plan(planProduceMany, many(records(2)));
    expect(await refused(produceMany, { ...many(records(3)), digest: planned.digest })).toMatchObject({
      code: 'plan.moved',
    });
    expect(
      await refused(produceMany, { ...many(records(1)), digest: planned.digest }, 'developer'),
    ).toMatchObject({
      code: 'auth.forbidden',
    });
    expect(await countIn(keyed)).toBe(before);
  });

  it('that stop midway are counted exactly: acknowledged, without an answer, not written (F9)', async () => {
    const input = many(records(9).map((record, index) => ({ ...record, partition: index % 3 })));
    const planned = await plan(planProduceMany, input);
    const before = await countIn(keyed);
    const client = await kafkaOf(clusterId);
    const real = client.produceBatch.bind(client);
    const produceBatch = vi.spyOn(client, 'produceBatch');
    produceBatch.mockImplementationOnce(real);
    produceBatch.mockRejectedValueOnce(new AppError('outcome.unknown', { reason: 'the broker went silent' }));
    const { value, audit } = await act(produceMany, { ...input, digest: planned.digest });
    expect(value).toMatchObject({
      acknowledged: 3,
      stopped: { code: 'outcome.unknown', unknown: 3, refused: 0, unsent: 3, lines: [2, 3, 5, 6, 8, 9] },
    });
    expect(produceBatch).toHaveBeenCalledTimes(2);
    expect(await countIn(keyed)).toBe(before + 3);
    expect(JSON.stringify(audit)).toContain('"unknown"');

    produceBatch.mockReset();
    produceBatch.mockRejectedValueOnce(new AppError('topic.not-found', { topic: keyed, cluster: 'x' }));
    expect(await refused(produceMany, { ...input, digest: planned.digest })).toMatchObject({
      code: 'topic.not-found',
    });
    produceBatch.mockRestore();
  });

  it('a part that arrives twice is written once (F8)', async () => {
    const input = many(records(4));
    const planned = await plan(planProduceMany, input);
    const before = await countIn(keyed);
    const context = contextAs('operator');
    const once = { requestId: randomUUID() };
    const results = await Promise.all(
      [1, 2].map(() => runCommand(produceMany, context, { ...input, digest: planned.digest }, once)),
    );
    expect(results.map((result) => result.ok && result.value.acknowledged)).toEqual([4, 4]);
    expect(await countIn(keyed)).toBe(before + 4);
  });
});
