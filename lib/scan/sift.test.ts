import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import {
  batchCodecs,
  compress,
  legacyMessage,
  markerBatch,
  recordBatch,
} from '#lib/testing/record-batches.ts';
import { type SiftOptions, sift } from './sift.ts';

const MAX = 8 * 1024 * 1024;
const all = (options: Partial<SiftOptions> = {}): SiftOptions => ({
  from: 0n,
  to: 1n << 62n,
  isolation: 'read_committed',
  aborted: [],
  maxInflatedBytes: MAX,
  partition: 0,
  plan: plainPlan('t'),
  filter: null,
  latestMs: 1e15,
  ...options,
});
const offsets = (bytes: Buffer, options?: Partial<SiftOptions>) => [...siftAll(bytes, all(options)).offsets];

const siftAll = (bytes: Buffer, options: SiftOptions) => {
  const answer = sift(Buffer.from(bytes), options);
  if ('needs' in answer) throw new Error('nothing was to be decoded');
  return answer;
};

describe('what a fetched set holds', () => {
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
    const index = siftAll(set, all({ from: 15n, to: 25n }));
    expect([...index.offsets].map(Number)).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
    expect(index.first).toBe(10n);
    expect(index.next).toBe(40n);
  });

  it('passes a batch that compaction emptied', () => {
    const empty = recordBatch([], { baseOffset: 5n, lastOffset: 90n });
    const index = siftAll(Buffer.concat([batch(0, 5), empty]), all());
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
    const index = siftAll(set, all({ aborted }));
    expect(index.abortedRecords).toBe(3);
    expect(index.next).toBe(12n);
  });

  it('reports a wrong checksum and still shows the records', () => {
    const bytes = batch(0, 3);
    bytes.writeUInt32BE(1, 17);
    const index = siftAll(bytes, all());
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
    const index = siftAll(Buffer.concat([batch(0, 3), bomb, batch(8, 2)]), all());
    expect([...index.offsets].map(Number)).toEqual([0, 1, 2, 8, 9]);
    expect(index.unreadable).toEqual([
      { fromOffset: 3n, toOffset: 7n, reason: expect.stringContaining('limit') },
    ]);
    expect(index.next).toBe(10n);
  });

  it.each([-1, 1000])('says that a batch lies about its count (%i)', (recordCount) => {
    const index = siftAll(Buffer.concat([batch(0, 3, { recordCount, lastOffset: 4n }), batch(5, 1)]), all());
    expect(index.unreadable).toHaveLength(1);
    expect(index.unreadable[0]?.toOffset).toBe(4n);
    expect([...index.offsets].at(-1)).toBe(5n);
  });

  it('tolerates a last batch cut off at every byte', () => {
    const whole = batch(0, 2);
    const set = Buffer.concat([whole, batch(2, 3)]);
    for (let length = whole.length; length < set.length; length++) {
      const index = siftAll(set.subarray(0, length), all());
      expect(index.problem).toBeUndefined();
      expect(index.next).toBe(2n);
    }
    expect(siftAll(set, all()).next).toBe(5n);
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
          const index = siftAll(bytes, all({ aborted, maxInflatedBytes: 100_000 }));
          expect(index.offsets.length).toBe(index.keys.length);
          if (index.next !== undefined && index.first !== undefined) expect(index.next > 0n).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(siftAll(Buffer.from(bytes), all({ maxInflatedBytes: 100_000 })).offsets.length).toBeLessThan(
          200,
        );
      }),
    );
  });
});
