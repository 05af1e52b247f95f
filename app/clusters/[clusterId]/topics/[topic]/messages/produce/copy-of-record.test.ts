import { describe, expect, it } from 'vitest';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import { ProduceMessageInput } from '#lib/model/message-draft.ts';
import { TemplateDraft } from '#lib/model/message-template.ts';
import { bytesOfDraft } from '#lib/services/message/draft-bytes.ts';
import { copyOfRecord } from './copy-of-record.ts';
import { emptyDraft, headerRows, inputOf, templateOf, valuesOfTemplate } from './draft-values.ts';

const field = (text: string, more: Partial<MessageField> = {}): MessageField => ({
  serde: 'text',
  reason: '',
  text,
  base64: null,
  sizeBytes: Buffer.byteLength(text),
  shownBytes: Buffer.byteLength(text),
  format: 'text',
  schema: null,
  compression: null,
  maskedBy: [],
  ...more,
});
const hex = (bytes: number[]): MessageField =>
  field(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' '), {
    format: 'hex',
    sizeBytes: bytes.length,
    shownBytes: bytes.length,
  });
const record = (more: Partial<MessageDetail>): MessageDetail => ({
  partition: 2,
  offset: '7',
  timestamp: null,
  timestampMs: '-1',
  timestampType: 'create',
  key: null,
  value: null,
  columns: [],
  headerCount: more.headers?.length ?? 0,
  sizeBytes: 0,
  headers: [],
  transaction: 'none',
  batch: {
    magic: 2,
    baseOffset: '7',
    lastOffset: '7',
    records: 1,
    sizeBytes: 10,
    codec: 'none',
    crc: 'ok',
    producerId: null,
    producerEpoch: null,
    baseSequence: null,
    leaderEpoch: null,
  },
  ...more,
});
const place = { clusterId: 'c', topic: 't' };

/** What the copy would send. */
const sent = (of: MessageDetail) => {
  const { values, headers } = copyOfRecord(of);
  const input = ProduceMessageInput.parse(inputOf(place, values, headers));
  return {
    key: bytesOfDraft(input.key, input.keyEncoding),
    value: bytesOfDraft(input.value, input.valueEncoding),
    headers: input.headers.map(({ name, value, encoding }) => [name, bytesOfDraft(value, encoding)]),
    partition: input.partition,
  };
};

describe('a copy of a record', () => {
  it('has the same bytes in key, value and headers, in their order', () => {
    const of = record({
      key: hex([0, 255]),
      value: field('a\u202eb', { base64: Buffer.from('a\u202eb').toString('base64') }),
      headers: [
        { name: 'b', nameBase64: null, value: field('1') },
        { name: 'a', nameBase64: null, value: hex([254]) },
        { name: 'b', nameBase64: null, value: field('2') },
      ],
    });
    expect(sent(of)).toEqual({
      key: Buffer.from([0, 255]),
      value: Buffer.from('a\u202eb'),
      headers: [
        ['b', Buffer.from('1')],
        ['a', Buffer.from([254])],
        ['b', Buffer.from('2')],
      ],
      partition: '2',
    });
    expect(copyOfRecord(of).notes).toEqual([]);
  });

  it('keeps no key, an empty key and a tombstone apart', () => {
    expect(sent(record({}))).toMatchObject({ key: null, value: null });
    expect(sent(record({ key: field('') }))).toMatchObject({ key: Buffer.alloc(0) });
    expect(sent(record({ value: field('') }))).toMatchObject({ value: Buffer.alloc(0) });
  });

  it('a value made by a schema is there as JSON, to be encoded anew', () => {
    const schema = { id: '12', type: 'PROTOBUF', subject: 's-value', version: 3, name: 'a.B' } as const;
    const value = field('{"n":9007199254740993}', { format: 'json', schema, base64: 'AAAAAAw=' });
    const { values, notes } = copyOfRecord(record({ value }));
    expect(values).toMatchObject({
      value: '{\n  "n": 9007199254740993\n}',
      valueEncoding: 'schema',
      valueSubject: 's-value',
      valueVersion: '3',
      valueMessage: 'a.B',
    });
    expect(notes.join()).toContain('encoded anew');
    expect(copyOfRecord(record({ value })).valueBytes).toBe('AAAAAAw=');
  });

  it('R19: what is hidden is never sent as if it were real', () => {
    const hidden = field('***', { maskedBy: ['Cards'] });
    const of = record({
      key: hidden,
      value: hidden,
      headers: [{ name: 'card', nameBase64: null, value: hidden }],
    });
    const { values, notes } = copyOfRecord(of);
    expect(JSON.stringify([values, copyOfRecord(of).headers])).not.toContain('***');
    expect(notes).toEqual([
      'The key is hidden from you by Cards, so it is left empty.',
      'The value is hidden from you by Cards, so it is left empty.',
      'The header card is hidden from you by Cards, so it is left empty.',
    ]);
  });

  it('what was cut or cannot be sent is left out and said', () => {
    const cut = field('ab', { sizeBytes: 20, shownBytes: 2 });
    const { values, headers, notes } = copyOfRecord(
      record({
        value: cut,
        headers: [{ name: '⟨FF⟩', nameBase64: '/w==', value: field('x') }],
        headerCount: 4,
      }),
    );
    expect([values.value, headers]).toEqual(['', []]);
    expect(notes).toHaveLength(3);
  });
});

describe('a template', () => {
  it('holds what the form holds, and fills in what is new each time', () => {
    const values = {
      ...emptyDraft,
      key: 'order-{{counter}}',
      value: '{"id": "{{uuid}}", "at": "{{now}}"}',
      valueEncoding: 'schema',
      valueSubject: 's',
      valueVersion: '2',
      partition: '1',
      timestamp: '5',
    };
    const headers = headerRows([{ name: 'n', value: '{{counter}}' }]);
    const kept = TemplateDraft.parse(templateOf(values, headers));
    const filled = valuesOfTemplate(kept, 3);
    expect(filled.values).toMatchObject({
      key: 'order-3',
      valueSubject: 's',
      valueVersion: '2',
      partition: '1',
      timestamp: '',
    });
    expect(filled.headers).toMatchObject([{ name: 'n', value: '3', encoding: 'text' }]);
    expect(filled.values.value).toMatch(/^\{"id": "[0-9a-f-]{36}", "at": "20\d\d-.*Z"\}$/);
    expect(TemplateDraft.safeParse({ value: '{{user}}' }).error?.issues[0]?.message).toContain(
      '{{user}} stands for nothing',
    );
  });

  it('keeps no key and an empty key apart', () => {
    for (const keyEncoding of ['text', 'empty']) {
      const kept = TemplateDraft.parse(templateOf({ ...emptyDraft, keyEncoding }, []));
      expect(valuesOfTemplate(kept, 1).values.keyEncoding).toBe(keyEncoding);
    }
  });
});
