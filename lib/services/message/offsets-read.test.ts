import { describe, expect, it } from 'vitest';
import { offsetsRead } from './offsets-read.ts';

describe('what the audit keeps of a page', () => {
  it('is the span of offsets of each partition, never what they hold', () => {
    const rows = [
      { partition: 2, offset: '9007199254740993' },
      { partition: 0, offset: '7' },
      { partition: 2, offset: '10' },
    ];
    expect(offsetsRead(rows)).toEqual(['0: 7', '2: 10-9007199254740993']);
  });
});
