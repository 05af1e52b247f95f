import { describe, expect, it } from 'vitest';
import { recordBatch } from '#lib/testing/record-batches.ts';
import { extentsOf } from './extents.ts';

const batchAt = (offset: bigint) =>
  recordBatch([{ offset, timestamp: 1n, key: null, value: Buffer.from('abc') }], { codec: 'none' });

describe('where a response can be cut', () => {
  it('is after its last whole batch, wherever the response ends', () => {
    const first = batchAt(7n);
    const bytes = Buffer.concat([first, batchAt(8n)]);
    for (let length = first.length; length < bytes.length; length++) {
      const extents = extentsOf(bytes.subarray(0, length), 1 << 20);
      expect(extents.pieces, `${length} bytes`).toEqual([{ start: 0, end: first.length, next: 8n }]);
      expect(extents).toMatchObject({ first: 7n, problem: undefined });
    }
    for (let length = 0; length < first.length; length++)
      expect(extentsOf(bytes.subarray(0, length), 1 << 20)).toEqual({
        pieces: [],
        first: undefined,
        problem: undefined,
      });
    expect(extentsOf(bytes, 1).pieces.map(({ next }) => next)).toEqual([8n, 9n]);
  });
});
