import { describe, expect, it } from 'vitest';
import type { MessageField, MessageRow } from '#lib/model/message.ts';
import { fieldPathsOf } from './field-paths.ts';

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
const row = (value: string | null, key: MessageField | null = null): MessageRow => ({
  partition: 0,
  offset: '0',
  timestamp: null,
  timestampMs: '-1',
  timestampType: 'none',
  key,
  value: value === null ? null : field(value),
  headerCount: 0,
  sizeBytes: 0,
  columns: [],
});

describe('fields that records have', () => {
  it('are single values and lists by path, those that occur most first', () => {
    expect(
      fieldPathsOf([
        row('{"id":1,"at":{"city":"Ulm","odd name":2},"tags":["a"]}', field('{"id":9}')),
        row('{"id":2,"note":null}'),
        row(null),
        row('no JSON'),
      ]),
    ).toEqual(['value.id', 'value.at.city', 'value.at["odd name"]', 'value.tags', 'key.id', 'value.note']);
  });

  it('are not offered where their name cannot be seen (P5)', () => {
    expect(fieldPathsOf([row('{"a\\u202eb":1,"c\\u0000":2,"d":3}')])).toEqual(['value.d']);
  });

  it('are not looked for deeper than a column is worth', () => {
    expect(fieldPathsOf([row('{"a":{"b":{"c":1,"d":{"e":1}}}}')])).toEqual(['value.a.b.c']);
  });
});
