import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BatchRecord,
  batchCodecs,
  compress,
  legacyMessage,
  recordBatch,
} from '#lib/testing/record-batches.ts';
import { walkBatches } from './batch-header.ts';
import { openBatch } from './record-batch.ts';

const MAX = 8 * 1024 * 1024;

/** Every record of a set, fully read. */
function readAll(bytes: Buffer) {
  const records = [];
  for (const header of walkBatches(bytes).headers) {
    const opened = openBatch(bytes, header, MAX);
    if ('problem' in opened) throw new Error(opened.problem);
    while (opened.cursor.next()) {
      const { offset, timestamp, key, value } = opened.cursor;
      const headers = opened.cursor.headers().headers.map((h) => [h.key, h.value] as [Buffer, Buffer | null]);
      records.push({ offset, timestamp, key, value, headers });
    }
    if (opened.cursor.problem) throw new Error(opened.cursor.problem);
  }
  return records;
}

const bytesOrNull = fc.option(fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b)));
const anyRecords = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 1000 }),
      timestamp: fc.oneof(
        fc.bigInt({ min: -(1n << 61n), max: 1n << 61n }),
        fc.constantFrom(-1n, 0n, 253402300800000n),
      ),
      key: bytesOrNull,
      value: bytesOrNull,
      headers: fc.array(
        fc.tuple(
          fc.uint8Array({ maxLength: 9 }).map((b) => Buffer.from(b)),
          bytesOrNull,
        ),
        {
          maxLength: 4,
        },
      ),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((specs) => {
    let offset = 1_000_000_000_000n;
    return specs.map(({ gap, ...record }) => {
      offset += BigInt(gap);
      return { ...record, offset };
    });
  });

describe('batches of magic 2', () => {
  it.each(batchCodecs)('come back record for record in %s', (codec) => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        expect(readAll(recordBatch(records, { codec }))).toEqual(records);
      }),
      { numRuns: 100 },
    );
  });

  it.each([0, 1])('written by kafkajs are read (codec %i)', async (compression) => {
    const require = createRequire(import.meta.url);
    const encodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0/index.js');
    const { RecordBatch } = require('kafkajs/src/protocol/recordBatch/v0/index.js');
    const records = Array.from({ length: 50 }, (_, i) =>
      encodeRecord({
        offsetDelta: i,
        timestampDelta: i * 3,
        key: i % 7 === 0 ? null : `key-${i}`,
        value: i % 11 === 0 ? null : JSON.stringify({ i, text: 'ä€😀' }),
        headers: { trace: [`a${i}`, 'b'], other: 'c' },
      }),
    );
    const batch = await RecordBatch({
      compression,
      firstTimestamp: 1_700_000_000_000,
      maxTimestamp: 1_700_000_000_147,
      lastOffsetDelta: 49,
      records,
    });
    const read = readAll(batch.buffer);
    expect(read).toHaveLength(50);
    expect(walkBatches(batch.buffer).headers[0]?.crc).toBe('ok');
    expect(read[12]).toEqual({
      offset: 12n,
      timestamp: 1_700_000_000_036n,
      key: Buffer.from('key-12'),
      value: Buffer.from('{"i":12,"text":"ä€😀"}'),
      headers: [
        [Buffer.from('trace'), Buffer.from('a12')],
        [Buffer.from('trace'), Buffer.from('b')],
        [Buffer.from('other'), Buffer.from('c')],
      ],
    });
    expect(read[7]?.key).toBeNull();
    expect(read[11]?.value).toBeNull();
  });

  it('take the time of the broker where the topic says so', () => {
    const batch = recordBatch(
      [
        { offset: 0n, timestamp: 5n },
        { offset: 1n, timestamp: 9n },
      ],
      {
        isAppendTime: true,
        maxTimestamp: 77n,
      },
    );
    expect(readAll(batch).map((record) => record.timestamp)).toEqual([77n, 77n]);
  });

  it('keep timestamps of -1, before 1970 and year 9999 exactly (P13)', () => {
    const records: BatchRecord[] = [-1n, -86_400_000n, 253_402_300_799_999n, 9_007_199_254_740_993n].map(
      (timestamp, i) => ({ offset: BigInt(i), timestamp }),
    );
    expect(readAll(recordBatch(records)).map((r) => r.timestamp)).toEqual(records.map((r) => r.timestamp));
  });
});

describe('messages of magic 0 and 1', () => {
  const inner = (magic: 0 | 1, at: (i: number) => bigint) =>
    Buffer.concat(
      [0, 1, 2].map((i) =>
        legacyMessage(magic, at(i), {
          timestamp: 100n + BigInt(i),
          key: Buffer.from([i]),
          value: Buffer.from(`v${i}`),
        }),
      ),
    );

  it('are read plain', () => {
    const set = Buffer.concat([inner(0, (i) => 40n + BigInt(i)), inner(1, (i) => 50n + BigInt(i))]);
    expect(readAll(set).map((r) => [r.offset, r.timestamp, String(r.value)])).toEqual([
      [40n, -1n, 'v0'],
      [41n, -1n, 'v1'],
      [42n, -1n, 'v2'],
      [50n, 100n, 'v0'],
      [51n, 101n, 'v1'],
      [52n, 102n, 'v2'],
    ]);
    expect(walkBatches(set).headers.every((header) => header.crc === 'ok')).toBe(true);
  });

  it.each(['gzip', 'xerial', 'lz4'] as const)(
    'are read compressed by %s, with relative and absolute offsets',
    (codec) => {
      const number = { gzip: 1, xerial: 2, lz4: 3 }[codec];
      const relative = legacyMessage(
        1,
        92n,
        { timestamp: 500n, value: compress(codec, inner(1, BigInt)) },
        number,
      );
      const absolute = legacyMessage(
        0,
        97n,
        {
          value: compress(
            codec,
            inner(0, (i) => 95n + BigInt(i)),
          ),
        },
        number,
      );
      const stamped = legacyMessage(
        1,
        102n,
        { timestamp: 500n, value: compress(codec, inner(1, BigInt)) },
        number | 8,
      );
      const read = readAll(Buffer.concat([relative, absolute, stamped]));
      expect(read.map((r) => Number(r.offset))).toEqual([90, 91, 92, 95, 96, 97, 100, 101, 102]);
      expect(read.map((r) => Number(r.timestamp))).toEqual([100, 101, 102, -1, -1, -1, 500, 500, 500]);
    },
  );
});
