import { describe, expect, it } from 'vitest';
import type { MessageField } from '#lib/model/message.ts';
import { fieldDiff, jsonDiff } from './field-diff.ts';

const field = (text: string, format: MessageField['format'] = 'json'): MessageField => ({
  serde: format,
  reason: '',
  text,
  base64: null,
  sizeBytes: text.length,
  shownBytes: text.length,
  format,
  schema: null,
  compression: null,
  maskedBy: [],
});

describe('what differs between two records', () => {
  it('is named by path, with every digit (P9)', () => {
    const before = '{"id":9007199254740992,"a":{"b":[1,2]},"gone":null,"same":"x"}';
    const after = '{"id":9007199254740993,"a":{"b":[1,3]},"same":"x","new":true}';
    expect(jsonDiff(before, after)).toEqual({
      changes: [
        { key: 'id', before: '9007199254740992', after: '9007199254740993' },
        { key: 'a.b[1]', before: '2', after: '3' },
        { key: 'gone', before: 'null', after: null },
        { key: 'new', before: null, after: 'true' },
      ],
      unchanged: 2,
    });
  });

  it('does not care for the order of members and the space between them', () => {
    expect(jsonDiff('{"a": 1, "b": {}}', '{"b":{},"a":1}')).toEqual({ changes: [], unchanged: 2 });
  });

  it('keeps names apart that would be mistaken for others (P8, P14)', () => {
    const diff = jsonDiff('{"__proto__":1,"a.b":2,"a":{"b":3}}', '{"__proto__":2,"a.b":2,"a":{"b":4}}');
    expect(diff?.changes.map(({ key }) => key)).toEqual(['__proto__', 'a.b']);
    expect(diff?.unchanged).toBe(1);
  });

  it('is the whole text where one is no JSON, and says null and empty in words', () => {
    expect(fieldDiff('value', field('one', 'text'), null).changes).toEqual([
      { key: 'value', before: 'one', after: 'null' },
    ]);
    expect(fieldDiff('value', field('{}'), field('', 'text')).changes).toEqual([
      { key: 'value', before: '{}', after: 'empty' },
    ]);
    expect(fieldDiff('key', field('k', 'text'), field('k', 'text'))).toEqual({ changes: [], unchanged: 1 });
  });
});
