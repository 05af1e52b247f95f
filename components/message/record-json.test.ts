import { describe, expect, it } from 'vitest';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import { base64OfField, bytesOfField, isExactText, readableOf } from './field-bytes.ts';
import { recordJson } from './record-json.ts';

const field = (text: string, more: Partial<MessageField> = {}): MessageField => ({
  serde: 'text',
  reason: '',
  text,
  base64: null,
  sizeBytes: text.length,
  shownBytes: text.length,
  format: 'text' as const,
  schema: null,
  compression: null,
  maskedBy: [],
  ...more,
});

const detail = (more: Partial<MessageDetail>): MessageDetail => ({
  partition: 3,
  offset: '9007199254740993',
  timestamp: '2026-11-21T03:12:40.000Z',
  timestampMs: '1795230760000',
  timestampType: 'create',
  key: field('k'),
  value: null,
  columns: [],
  headerCount: 0,
  sizeBytes: 1,
  headers: [],
  transaction: 'none',
  batch: {
    magic: 2,
    baseOffset: '0',
    lastOffset: '0',
    records: 1,
    sizeBytes: 100,
    codec: 'none',
    crc: 'ok',
    producerId: null,
    producerEpoch: null,
    baseSequence: null,
    leaderEpoch: null,
  },
  ...more,
});

describe('a record as JSON text', () => {
  it('keeps every digit and every key of a JSON value (P8, P9)', () => {
    const text = '{"n": 9007199254740993, "__proto__": {"a": 1e400}, "n": -0}';
    const json = recordJson('t', detail({ value: field(text, { serde: 'json', format: 'json' }) }));
    expect(json).toContain('"n": 9007199254740993,');
    expect(json).toContain('"__proto__": {\n      "a": 1e400');
    expect(json).toContain('"n": -0');
    expect(json).toContain('"offset": "9007199254740993"');
  });

  it('writes bytes that are no text as base64 and says so', () => {
    const bytes = field('ff fe 00', { serde: 'hex', format: 'hex', sizeBytes: 3, shownBytes: 3 });
    const parsed = JSON.parse(recordJson('t', detail({ key: bytes, value: null })));
    expect(parsed).toMatchObject({ key: '//4A', keyEncoding: 'base64', value: null });
  });

  it('has the decoded value of bytes that a schema wrote, and its id', () => {
    const avro = field('{"n": 9007199254740993}', {
      serde: 'avro',
      format: 'json',
      base64: 'AAAA',
      sizeBytes: 12,
      shownBytes: 12,
      schema: { id: '7', type: 'AVRO', subject: null, version: null, name: null },
    });
    const json = recordJson('t', detail({ value: avro }));
    expect(json).toContain('"n": 9007199254740993');
    expect(JSON.parse(json)).toMatchObject({ valueSchemaId: '7' });
  });

  it('names the policy of what is hidden, and never gives its bytes', () => {
    const hidden = field('{"card": "hidden"}', { format: 'json', base64: 'c2VjcmV0', maskedBy: ['pii'] });
    expect(JSON.parse(recordJson('t', detail({ value: hidden })))).toMatchObject({
      value: { card: 'hidden' },
      valueMaskedBy: ['pii'],
    });
  });

  it('says how large a cut value is in all, and keeps repeated headers in their order', () => {
    const cut = field('ab', { sizeBytes: 20, shownBytes: 2 });
    const headers = [
      { name: 'a', nameBase64: null, value: field('1') },
      { name: 'b', nameBase64: null, value: null },
      { name: 'a', nameBase64: null, value: field('2') },
    ];
    const parsed = JSON.parse(recordJson('t', detail({ value: cut, headers, headerCount: 3 })));
    expect(parsed).toMatchObject({ value: 'YWI=', valueEncoding: 'base64', valueBytesInAll: 20 });
    expect(parsed.headers).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: null },
      { name: 'a', value: '2' },
    ]);
  });
});

describe('the bytes of a field', () => {
  it('come from base64, from digits, or from the text itself', () => {
    expect([...bytesOfField(field('␀', { base64: 'AA==' }))]).toEqual([0]);
    expect([...bytesOfField(field('00 01 ff', { serde: 'registry', format: 'hex' }))]).toEqual([0, 1, 255]);
    expect([...bytesOfField(field('é'))]).toEqual([0xc3, 0xa9]);
    expect(base64OfField(field('é'))).toBe('w6k=');
    expect(isExactText(field('é', { base64: 'w6k=' }))).toBe(false);
  });

  it('are read in a line where half of them can be', () => {
    expect(readableOf(field('00 00 00 00 02 6f 72 64 2d 31', { serde: 'registry', format: 'hex' }))).toBe(
      '·ord-1',
    );
    expect(readableOf(field('ff fe 80 41', { serde: 'hex', format: 'hex' }))).toBeNull();
  });
});
