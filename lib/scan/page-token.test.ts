import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePageToken, encodePageToken, type PageState } from './page-token.ts';

const topic = (count: number) => ({
  topicId: 'id',
  partitions: Array.from({ length: count }, (_, partition) => ({ partition, leader: 1 })),
});
const codeOf = (token: string, count = 3) => {
  try {
    decodePageToken(token, 'orders', topic(count));
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('a page token', () => {
  it('gives back every position exactly', () => {
    const position = fc.option(fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }));
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 40 }), fc.boolean(), (positions, isAll) => {
        const state: PageState = {
          topicId: 'id',
          partitionCount: isAll ? positions.length : 50,
          range: {
            order: 'oldest',
            from: { kind: 'time', timestampMs: 1_700_000_000_000 },
            to: { kind: 'positions', positions: [[3, '9007199254740993']] },
          },
          filterHash: '',
          isolation: 'read_uncommitted',
          partitions: isAll ? null : positions.map((_, i) => i),
          positions,
        };
        const token = encodePageToken(state);
        expect(token).toMatch(/^[\w-]+$/);
        expect(decodePageToken(token, 'orders', topic(state.partitionCount))).toEqual(state);
      }),
    );
  });

  it('is refused with a code, whatever the text is', () => {
    const token = encodePageToken({
      topicId: 'id',
      partitionCount: 3,
      range: { order: 'newest', from: null, to: null },
      filterHash: '',
      isolation: 'read_committed',
      partitions: null,
      positions: [1n, 2n, 3n],
    });
    expect(codeOf(token)).toBe('accepted');
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.string({ maxLength: 5 }), (at, text) => {
        expect(['accepted', 'message.token', 'topic.recreated', 'message.partitions-changed']).toContain(
          codeOf(token.slice(0, at) + text + token.slice(at + 1)),
        );
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(codeOf(text)).toBe('message.token');
      }),
    );
    const payload = (change: object) =>
      Buffer.from(
        JSON.stringify({
          v: 2,
          t: 'id',
          n: 3,
          r: { order: 'newest', from: null, to: null },
          i: 'read_committed',
          p: null,
          o: '1.2.3',
          ...change,
        }),
      ).toString('base64url');
    expect(codeOf(payload({}))).toBe('accepted');
    for (const change of [
      { v: 1 },
      { r: { order: 'newest', from: null } },
      { o: '1.2' },
      { o: '1.2.3.4' },
      { o: '1.2.-3' },
      { p: [1] },
      { i: 'x' },
      { extra: 1 },
    ]) {
      expect(codeOf(payload(change))).toBe('message.token');
    }
    expect(codeOf(payload({ f: 'of another filter' }))).toBe('message.filter-changed');
  });
});
