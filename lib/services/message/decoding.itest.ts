import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { readCluster, updateCluster } from '#lib/gateways/database/clusters.ts';
import type { MessageField } from '#lib/model/message.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Query } from '#lib/operations/define-query.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { registryAt } from '#lib/testing/kafka-client.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { act, clusterId, refused, topicSuite } from '#lib/testing/topic-suite.ts';
import { withSchemaId } from '#platform/workload/encode.ts';
import { overrideSerde } from '../serde/override-serde.ts';
import { readSerdes } from '../serde/read-serdes.ts';
import { listMessages } from './list-messages.ts';
import { readMessage } from './read-message.ts';

/** Decoding by the real registry, in real workers. */
const suite = topicSuite('decoding');
const { registryUrl } = suite.platform;
const run = Date.now().toString(36);
const subject = (name: string): string => `itest-decoding-${run}-${name}`;

type Registered = { name: string; subject: string; version: number };

async function register(
  name: string,
  schemaType: string,
  schema: string,
  references: Registered[] = [],
): Promise<number> {
  const response = await fetch(`${registryUrl}/subjects/${subject(name)}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schemaType, schema, references }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { id: number }).id;
}

async function askAs<I extends z.ZodType, O extends z.ZodType>(
  role: Role,
  query: Query<I, O>,
  input: z.input<I>,
) {
  const result = await runQuery(query, contextAs(role), input);
  if (!result.ok) throw new Error(`${query.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

/** Writes the values in their order into one partition and gives them back as a list of messages shows them. */
async function shownAs(
  topic: string,
  values: (Buffer | null)[],
  key = 'k',
): Promise<(MessageField | null)[]> {
  for (const value of values) {
    await suite.client.produce({ topic, key: Buffer.from(key), value, headers: [] });
  }
  const page = await askAs('developer', listMessages, { clusterId, topic, order: 'oldest', pageSize: 200 });
  return page.rows.map(({ value }) => value);
}

const cleanUp = async (): Promise<void> => {
  for (const name of ['order', 'customer', 'shipment', 'place', 'payment']) {
    for (const query of ['', '?permanent=true']) {
      await fetch(`${registryUrl}/subjects/${subject(name)}${query}`, { method: 'DELETE' }).catch(() => {});
    }
  }
};

describe('by the registry of the cluster', () => {
  let ids: { order: number; shipment: number; payment: number };
  beforeAll(async () => {
    await register(
      'customer',
      'AVRO',
      '{"type":"record","name":"t.Customer","fields":[{"name":"id","type":"long"}]}',
    );
    await register('place', 'PROTOBUF', 'syntax = "proto3"; package t; message Place { string city = 1; }');
    ids = {
      order: await register(
        'order',
        'AVRO',
        '{"type":"record","name":"t.Order","fields":[{"name":"by","type":"t.Customer"},{"name":"note","type":["null","string"]}]}',
        [{ name: 't.Customer', subject: subject('customer'), version: 1 }],
      ),
      shipment: await register(
        'shipment',
        'PROTOBUF',
        'syntax = "proto3"; package t; import "place.proto"; message No {} message Shipment { Place to = 1; uint64 n = 2; }',
        [{ name: 'place.proto', subject: subject('place'), version: 1 }],
      ),
      payment: await register(
        'payment',
        'JSON',
        '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["id"]}',
      ),
    };
  });
  afterAll(cleanUp);

  it('Avro, Protobuf and JSON Schema with their references, subjects and versions, beside what is none', async () => {
    const topic = await suite.create('registry');
    const shown = await shownAs(topic, [
      withSchemaId(
        ids.order,
        Buffer.from([0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0x02, 0x02, 0x61]),
      ),
      withSchemaId(ids.shipment, Buffer.from([0x0a, 0x03, 0x0a, 0x01, 0x62, 0x10, 0x05]), [1]),
      withSchemaId(ids.payment, Buffer.from('{"id":9007199254740993}')),
      withSchemaId(ids.order, Buffer.from([0x82])),
      withSchemaId(999_999_999, Buffer.from('abcdefgh')),
      null,
      Buffer.from('{"plain":true}'),
    ]);
    expect(
      shown.map((field) => field && [field.serde, field.format, field.text, field.schema?.name]),
    ).toEqual([
      ['avro', 'json', '{"by":{"id":9007199254740993},"note":"a"}', 't.Order'],
      ['protobuf', 'json', '{"to":{"city":"b"},"n":5}', 't.Shipment'],
      ['json-schema', 'json', '{"id":9007199254740993}', null],
      ['registry', 'hex', expect.any(String), 't.Order'],
      ['registry', 'hex', expect.any(String), null],
      null,
      ['json', 'json', '{"plain":true}', undefined],
    ]);
    expect(shown[0]?.schema).toMatchObject({
      id: String(ids.order),
      type: 'AVRO',
      subject: subject('order'),
      version: 1,
    });
    expect(shown[3]?.reason).toContain('does not fit: it ends at byte 6');
    expect(shown[4]?.reason).toMatch(
      /schema id 999999999\. The schema registry .+ has no schema 999999999\./,
    );
  });

  it('a filter sees the decoded value, its 64 bits exact', async () => {
    const topic = await suite.create('filter');
    const order = (last: number) =>
      withSchemaId(ids.order, Buffer.from([last, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0x00]));
    await shownAs(topic, [order(0x80), order(0x82), order(0x84)]);
    const where = 'value.by.id == 9007199254740993';
    const page = await askAs('developer', listMessages, { clusterId, topic, where });
    expect(page.rows.map(({ value }) => value?.text)).toEqual(['{"by":{"id":9007199254740993},"note":null}']);
  });

  it('a registry that is away costs what is decoded by it, and nothing else (F4)', async () => {
    const topic = await suite.create('away');
    const values = [withSchemaId(ids.order, Buffer.from([0x02, 0x00])), Buffer.from('{"plain":true}')];
    await shownAs(topic, values);
    const before = await readCluster(clusterId);
    if (!before) throw new Error('the cluster of the suite is not there');
    const away = { ...before.connection, registry: registryAt('http://127.0.0.1:1/apis/ccompat/v7') };
    await updateCluster(clusterId, before.version, { connection: away });
    try {
      const page = await askAs('developer', listMessages, { clusterId, topic, order: 'oldest' });
      expect(page.outcome).toBe('complete');
      expect(page.rows.map(({ value }) => value?.format)).toEqual(['hex', 'json']);
      expect(page.rows[0]?.value?.reason).toContain(
        'The schema registry 127.0.0.1:1 could not be asked: it refused the connection.',
      );
    } finally {
      await updateCluster(clusterId, before.version + 1, { connection: before.connection });
    }
    const page = await askAs('developer', listMessages, { clusterId, topic, order: 'oldest' });
    expect(page.rows[0]?.value?.text).toBe('{"by":{"id":1},"note":null}');
  });
});

describe('a serde chosen for a topic', () => {
  it('holds for everyone, unless a view chooses another; it is audited, and only operators may', async () => {
    const topic = await suite.create('chosen');
    const key = Buffer.alloc(8);
    key.writeBigInt64BE(9007199254740993n);
    await suite.client.produce({ topic, key, value: Buffer.from('v'), headers: [] });
    const keyOf = async (keySerde?: string) => {
      const input = { clusterId, topic, ...(keySerde === undefined ? {} : { keySerde }) };
      return (await askAs('developer', listMessages, input)).rows[0]?.key;
    };
    expect(await keyOf()).toMatchObject({ serde: 'hex' });
    const input = { clusterId, topic, keySerde: 'int64', valueSerde: null };
    expect(await refused(overrideSerde, input, 'developer')).toMatchObject({ code: 'auth.forbidden' });
    const { audit } = await act(overrideSerde, input);
    expect(audit).toMatchObject({ action: 'serde.override' });
    expect(await keyOf()).toMatchObject({
      serde: 'int64',
      text: '9007199254740993',
      reason: expect.stringContaining('Chosen: int64.'),
    });
    expect(await keyOf('hex')).toMatchObject({ serde: 'hex' });
    expect(await keyOf('auto')).toMatchObject({
      serde: 'hex',
      reason: expect.not.stringContaining('Chosen'),
    });
    expect(await askAs('developer', readSerdes, { clusterId, topic })).toMatchObject({
      ...{ keySerde: 'int64', valueSerde: null, updatedBy: 'A operator', hasRegistry: true },
    });
    const detail = await askAs('developer', readMessage, {
      ...{ clusterId, topic, offset: '0' },
      partition: (await askAs('developer', listMessages, { clusterId, topic })).rows[0]?.partition ?? 0,
    });
    expect(detail.key?.text).toBe('9007199254740993');
    await act(overrideSerde, { ...input, keySerde: null });
    expect(await keyOf()).toMatchObject({ serde: 'hex' });
  });

  it('that does not exist is refused with its field', async () => {
    const topic = await suite.create('unknown');
    const result = await runQuery(listMessages, contextAs('developer'), {
      clusterId,
      topic,
      valueSerde: 'rot13',
    });
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'input.invalid', fields: { valueSerde: 'There is no such serde.' } },
    });
    const input = { clusterId, topic, keySerde: 'schema', valueSerde: null };
    expect(await refused(overrideSerde, input, 'operator')).toMatchObject({ code: 'input.invalid' });
  });
});
