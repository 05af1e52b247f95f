import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokerTopics } from '#lib/testing/broker-topics.ts';
import { browse } from './browse.ts';
import { ScanPool } from './pool.ts';
import { readMessage, readMessageField } from './read-message.ts';

const { close, kafkajs, makeTopic, open, sourceOf, withProducer } = brokerTopics('poison-it');
const pool = new ScanPool({ root: process.cwd() });
beforeAll(open);
afterAll(async () => {
  await close();
  await pool.close();
});

describe('poison messages', () => {
  const values: [string, Buffer | null][] = [
    ['P2 tombstone', null],
    ['P2 empty', Buffer.alloc(0)],
    ['P3 unknown schema id', Buffer.from([0, 0, 0, 0xff, 0xff, 1, 2])],
    ['P3 id of all ones', Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 1])],
    ['P3 magic 1', Buffer.from([1, ...Array.from({ length: 19 }, (_, i) => i)])],
    ['P3 three bytes', Buffer.from([0, 0, 1])],
    ['P5 invalid UTF-8', Buffer.from([0xc3, 0x28, 0xff, 0xfe])],
    ['P5 NUL, controls, bidi', Buffer.from('a\u0000\u001b[31m\u202e\u200b')],
    ['P5 lone surrogate', Buffer.from([0xed, 0xa0, 0x80])],
    [
      'P6 a million keys',
      Buffer.from(`{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
    ],
    ['P7 deep', Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
    ['P8 prototype', Buffer.from('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}')],
    ['P9 numbers', Buffer.from('{"a":9007199254740993,"b":1e400,"c":-0,"d":NaN}')],
    ['P10 markup', Buffer.from('<script>alert(1)</script><img src=x onerror=alert(1)>')],
    ['P11 csv', Buffer.from('=cmd|calc!A1\t+1\r\n@x,"y"')],
    ['P14 names', Buffer.from('{"offset":1,"partition":2,"timestamp":3}')],
  ];

  it('are shown beside each other, and their bytes come back exactly', async () => {
    const topic = await makeTopic('poison', 1, {
      'max.message.bytes': '33554432',
      'message.timestamp.before.max.ms': '9223372036854775807',
      'message.timestamp.after.max.ms': '9223372036854775807',
    });
    const huge = Buffer.alloc(20_000_000, 'P1 ');
    const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`h${i}`, `${i}`]));
    const all = [...values, ['P1 20 MB', huge] as const];
    await withProducer({}, async (producer) => {
      for (const [key, value] of all) await producer.send({ topic, messages: [{ key, value }] });
      for (const timestamp of ['-86400000', '253402300799999', '1']) {
        await producer.send({ topic, messages: [{ key: `P13 ${timestamp}`, value: 'time', timestamp }] });
      }
      await producer.send({
        topic,
        messages: [{ key: 'P2 headers', value: 'x', headers: { ...headers, twice: ['a', 'b'] } }],
      });
      // 150 MB of zeros in one batch of a few hundred kilobytes.
      await producer.send({
        topic,
        compression: kafkajs.CompressionTypes.GZIP,
        messages: [{ key: 'P12 bomb', value: Buffer.alloc(150 * 1024 * 1024) }],
      });
      await producer.send({ topic, messages: [{ key: 'after', value: 'fine' }] });
    });
    const source = sourceOf(topic);
    const page = await browse(source, pool, {
      range: { order: 'newest', from: null, to: null },
      isolation: 'read_committed',
      partitions: null,
      pageSize: 50,
    });
    expect(page.outcome).toBe('complete');
    expect(page.unreadable).toEqual([
      { partition: 0, fromOffset: '21', toOffset: '21', reason: expect.stringContaining('limit') },
    ]);
    expect(page.rows.map((row) => Number(row.offset))).toEqual([
      22,
      ...Array.from({ length: 21 }, (_, i) => 20 - i),
    ]);
    for (const [i, [key, value]] of all.entries()) {
      const row = page.rows.find((candidate) => candidate.offset === String(i));
      expect(row?.key?.text).toBe(key);
      expect(row?.value?.sizeBytes).toBe(value?.length);
      expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(100_000);
      const place = { partition: 0, offset: BigInt(i) };
      const detail = await readMessage(source, pool, place);
      expect(detail.value === null).toBe(value === null);
      const bytes = await readMessageField(source, pool, place, 'value');
      expect(bytes === null ? null : Buffer.compare(bytes, value ?? Buffer.alloc(0))).toBe(
        value === null ? null : 0,
      );
    }
    const serdes = Object.fromEntries(page.rows.map((row) => [row.key?.text, row.value?.serde]));
    expect(serdes).toMatchObject({
      'P3 unknown schema id': 'registry',
      'P3 id of all ones': 'hex',
      'P5 invalid UTF-8': 'hex',
      'P5 NUL, controls, bidi': 'hex',
      'P7 deep': 'text',
      'P8 prototype': 'json',
      'P9 numbers': 'text',
      'P14 names': 'json',
      'P13 -86400000': 'text',
    });
    const times = page.rows.filter((row) => row.key?.text.startsWith('P13'));
    expect(times.map((row) => row.timestamp)).toEqual([
      '1970-01-01T00:00:00.001Z',
      '9999-12-31T23:59:59.999Z',
      '1969-12-31T00:00:00.000Z',
    ]);
    const withHeaders = await readMessage(source, pool, { partition: 0, offset: 20n });
    expect(withHeaders.headerCount).toBe(10_002);
  });
});
