import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchCodecs, compress, slowCrc32c, xerialFrame } from '#lib/testing/record-batches.ts';
import { crc32c } from './crc32c.ts';
import { type CodecName, inflate } from './inflate.ts';
import { inflateLz4Plain, inflateLz4Scratch } from './lz4.ts';

const LIMIT = 4 * 1024 * 1024;
const nameOf = (codec: (typeof batchCodecs)[number]): CodecName => (codec === 'xerial' ? 'snappy' : codec);

/** Bytes with repetition near and far, so that every kind of match occurs. */
const data = fc
  .array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...words())), { maxLength: 60 })
  .map((parts) => Buffer.concat(parts));

function words(): Uint8Array[] {
  return [
    '{"status":"PAID","amount":',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'x'.repeat(70_000),
  ].map((w) => Buffer.from(w));
}

describe.each(batchCodecs)('inflate %s', (codec) => {
  it('gives back what another library compressed', () => {
    fc.assert(
      fc.property(data, (bytes) => {
        const inflated = inflate(nameOf(codec), compress(codec, bytes), LIMIT * 2);
        expect('bytes' in inflated && Buffer.compare(inflated.bytes, bytes)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('answers with bytes or a sentence for damaged input, never more than the limit', () => {
    const whole = compress(codec, Buffer.from('{"a":1,"b":"xyz"}'.repeat(200)));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, cut) => {
        const broken = Buffer.from(whole.subarray(0, cut));
        if (at < cut) broken[at] = byte;
        const inflated = inflate(nameOf(codec), broken, 10_000);
        if ('bytes' in inflated) expect(inflated.bytes.length).toBeLessThanOrEqual(Math.max(10_000, cut));
        else expect(inflated.problem.length).toBeGreaterThan(5);
      }),
      { numRuns: 500 },
    );
  });
});

describe.each(batchCodecs.filter((codec) => codec !== 'none'))('a bomb in %s', (codec) => {
  it('stops at the limit (P12)', () => {
    const inflated = inflate(nameOf(codec), compress(codec, Buffer.alloc(LIMIT + 1)), LIMIT);
    expect(inflated).toEqual({ problem: expect.stringContaining(`beyond the limit of ${LIMIT} bytes`) });
    const allowed = inflate(nameOf(codec), compress(codec, Buffer.alloc(LIMIT)), LIMIT);
    expect('bytes' in allowed && allowed.bytes.length).toBe(LIMIT);
  });
});

describe('formats of their own', () => {
  it('reads several lz4 frames after each other, skippable frames between', () => {
    const [a, b] = [Buffer.from('first '.repeat(50)), Buffer.from('second '.repeat(50))];
    const skippable = Buffer.from('502a4d1804000000ffffffff', 'hex');
    const inflated = inflate(
      'lz4',
      Buffer.concat([compress('lz4', a), skippable, compress('lz4', b)]),
      LIMIT,
    );
    expect('bytes' in inflated && inflated.bytes.equals(Buffer.concat([a, b]))).toBe(true);
  });

  it('reads lz4 blocks that refer to the block before', () => {
    // Two blocks: 8 literals; then a match of 8 at distance 8 reaching into the first block, closed by 5 literals.
    const header = Buffer.from('04224d184040c0', 'hex');
    const first = Buffer.from([0x80, ...Buffer.from('abcdefgh')]);
    const second = Buffer.from([0x04, 8, 0, 0x50, ...Buffer.from('tail!')]);
    const size = (block: Buffer) => Buffer.from([block.length, 0, 0, 0]);
    const frame = Buffer.concat([header, size(first), first, size(second), second, Buffer.alloc(4)]);
    const inflated = inflate('lz4', frame, LIMIT);
    expect('bytes' in inflated && inflated.bytes.toString()).toBe('abcdefghabcdefghtail!');
  });

  it('reads xerial frames of many blocks and refuses a size that cannot be', () => {
    const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => `line ${i % 37};`).join(''));
    const inflated = inflate('snappy', xerialFrame(bytes, 1_000), LIMIT);
    expect('bytes' in inflated && inflated.bytes.equals(bytes)).toBe(true);
    const lie = Buffer.from([0x80, 0x80, 0x80, 0x01, 0x00, 0x41]);
    expect(inflate('snappy', lie, LIMIT)).toEqual({ problem: 'snappy: the compressed bytes are damaged' });
  });
});

describe('lz4 in scratch memory', () => {
  const same = (source: Buffer, limit: number) => {
    const plain = inflateLz4Plain(source, limit);
    const fast = inflateLz4Scratch(source, limit);
    if ('problem' in plain) expect(fast).toEqual(plain);
    else expect('bytes' in fast && plain.bytes.equals(fast.bytes)).toBe(true);
  };

  it('gives what the plain way gives, for any damage and any limit', () => {
    fc.assert(
      fc.property(data, fc.nat(), fc.nat(255), fc.nat(), fc.nat(80_000), (bytes, at, byte, cut, limit) => {
        const source = compress('lz4', bytes);
        same(source, limit);
        const broken = Buffer.from(source.subarray(0, cut % (source.length + 1)));
        if (broken.length > 0) broken[at % broken.length] = byte;
        same(broken, limit);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves large batches to the plain way', () => {
    const large = Buffer.alloc(30_000_000, 'a record of a large batch; ');
    const inflated = inflateLz4Scratch(compress('lz4', large), large.length);
    expect('bytes' in inflated && inflated.bytes.equals(large)).toBe(true);
  });
});

describe('crc32c', () => {
  it('answers the check value of RFC 3720', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  });

  it('equals the definition for any bytes and range', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), (bytes, start) => {
        const from = Math.min(start, bytes.length);
        expect(crc32c(bytes, from)).toBe(slowCrc32c(bytes.subarray(from)));
      }),
    );
  });
});
