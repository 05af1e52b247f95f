import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BatchRecord,
  batchCodecs,
  compress,
  legacyMessage,
  markerBatch,
  recordBatch,
} from '#lib/testing/record-batches.ts';
import { walkBatches } from './batch-header.ts';
import { type IndexOptions, indexSet } from './index-set.ts';
import { openBatch } from './record-batch.ts';

const MAX = 8 * 1024 * 1024;
const all = (options: Partial<IndexOptions> = {}): IndexOptions => ({
  from: 0n,
  to: 1n << 62n,
  isolation: 'read_committed',
  aborted: [],
  maxInflatedBytes: MAX,
  ...options,
});
const offsets = (bytes: Buffer, options?: Partial<IndexOptions>) => [
  ...indexSet(bytes, all(options)).offsets,
];

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

describe('the index of a fetched set', () => {
  const batch = (first: number, count: number, options: Parameters<typeof recordBatch>[1] = {}) =>
    recordBatch(
      Array.from({ length: count }, (_, i) => ({
        offset: BigInt(first + i),
        timestamp: BigInt(i),
        value: Buffer.from('x'),
      })),
      options,
    );

  it('drops records before the start and after the end, and moves by headers', () => {
    const set = Buffer.concat([batch(10, 10), batch(20, 10, { codec: 'lz4', lastOffset: 39n })]);
    const index = indexSet(set, all({ from: 15n, to: 25n }));
    expect([...index.offsets].map(Number)).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
    expect(index.first).toBe(10n);
    expect(index.next).toBe(40n);
  });

  it('passes a batch that compaction emptied', () => {
    const empty = recordBatch([], { baseOffset: 5n, lastOffset: 90n });
    const index = indexSet(Buffer.concat([batch(0, 5), empty]), all());
    expect(index.next).toBe(91n);
    expect(index.unreadable).toEqual([]);
  });

  it('leaves out aborted transactions, markers, and nothing else (read_committed)', () => {
    const of = (producerId: bigint) => ({ producerId, isTransactional: true });
    const set = Buffer.concat([
      batch(0, 2, of(7n)),
      batch(2, 2, of(8n)),
      batch(4, 1),
      markerBatch(5n, 7n, 'abort'),
      batch(6, 2, of(7n)),
      markerBatch(8n, 8n, 'commit'),
      markerBatch(9n, 7n, 'commit'),
      batch(10, 1, of(8n)),
      markerBatch(11n, 8n, 'abort'),
    ]);
    const aborted = [
      { producerId: 8n, firstOffset: 10n },
      { producerId: 7n, firstOffset: 0n },
    ];
    expect(offsets(set, { aborted }).map(Number)).toEqual([2, 3, 4, 6, 7]);
    expect(offsets(set, { aborted, isolation: 'read_uncommitted' }).map(Number)).toEqual([
      0, 1, 2, 3, 4, 6, 7, 10,
    ]);
    const index = indexSet(set, all({ aborted }));
    expect(index.abortedRecords).toBe(3);
    expect(index.next).toBe(12n);
  });

  it('reports a wrong checksum and still shows the records', () => {
    const bytes = batch(0, 3);
    bytes.writeUInt32BE(1, 17);
    const index = indexSet(bytes, all());
    expect(index.wrongCrcBatches).toBe(1);
    expect(index.offsets.length).toBe(3);
  });

  it('names what it cannot read and goes on (P12)', () => {
    const bomb = recordBatch([], {
      codec: 'gzip',
      baseOffset: 3n,
      lastOffset: 7n,
      recordCount: 5,
      body: compress('gzip', Buffer.alloc(MAX + 1)),
    });
    const index = indexSet(Buffer.concat([batch(0, 3), bomb, batch(8, 2)]), all());
    expect([...index.offsets].map(Number)).toEqual([0, 1, 2, 8, 9]);
    expect(index.unreadable).toEqual([
      { fromOffset: 3n, toOffset: 7n, reason: expect.stringContaining('limit') },
    ]);
    expect(index.next).toBe(10n);
  });

  it.each([-1, 1000])('says that a batch lies about its count (%i)', (recordCount) => {
    const index = indexSet(Buffer.concat([batch(0, 3, { recordCount, lastOffset: 4n }), batch(5, 1)]), all());
    expect(index.unreadable).toHaveLength(1);
    expect(index.unreadable[0]?.toOffset).toBe(4n);
    expect([...index.offsets].at(-1)).toBe(5n);
  });

  it('tolerates a last batch cut off at every byte', () => {
    const whole = batch(0, 2);
    const set = Buffer.concat([whole, batch(2, 3)]);
    for (let length = whole.length; length < set.length; length++) {
      const index = indexSet(set.subarray(0, length), all());
      expect(index.problem).toBeUndefined();
      expect(index.next).toBe(2n);
    }
    expect(indexSet(set, all()).next).toBe(5n);
  });

  it('answers with data for any damage, and its position never goes back', () => {
    const aborted = [{ producerId: 3n, firstOffset: 10n }];
    const sets = batchCodecs.map((codec) =>
      Buffer.concat([
        batch(10, 20, { codec, producerId: 3n, isTransactional: true }),
        markerBatch(30n, 3n, 'abort'),
        batch(31, 20, { codec }),
        legacyMessage(1, 60n, { value: Buffer.from('old') }),
      ]),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...sets),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (set, damages) => {
          const bytes = Buffer.from(set);
          for (const [at, byte] of damages) bytes[at % bytes.length] = byte;
          const index = indexSet(bytes, all({ aborted, maxInflatedBytes: 100_000 }));
          expect(index.offsets.length).toBe(index.timestamps.length);
          if (index.next !== undefined && index.first !== undefined) expect(index.next > 0n).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(indexSet(Buffer.from(bytes), all({ maxInflatedBytes: 100_000 })).offsets.length).toBeLessThan(
          200,
        );
      }),
    );
  });
});
