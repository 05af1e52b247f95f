import { describe, expect, it } from 'vitest';
import { changeOf } from './change-of.ts';

describe('a change event', () => {
  it('is the difference of its row, with every digit', () => {
    const text =
      '{"before":{"id":9007199254740993,"city":"Bonn"},"after":{"id":9007199254740993,"city":"Ulm"},"op":"u","ts_ms":1}';
    expect(changeOf(text)).toEqual({
      title: 'Updated',
      changes: [{ key: 'city', before: '"Bonn"', after: '"Ulm"' }],
      unchanged: 1,
    });
  });

  it('may stand in a payload beside its schema, and may create or delete', () => {
    const created = '{"schema":{},"payload":{"before":null,"after":{"id":1},"op":"c"}}';
    expect(changeOf(created)).toEqual({
      title: 'Created',
      changes: [{ key: 'id', before: null, after: '1' }],
      unchanged: 0,
    });
    expect(changeOf('{"before":{"id":1},"after":null,"op":"d"}')?.changes).toEqual([
      { key: 'id', before: '1', after: null },
    ]);
  });

  it('is not seen in what only looks like one', () => {
    for (const text of [
      '{"before":1,"after":2,"op":"u"}',
      '{"before":{},"after":{}}',
      '[]',
      'no JSON',
      '{"op":"u"}',
    ])
      expect(changeOf(text)).toBeNull();
  });
});
