import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultExportFields, ExportMessagesInput } from '#lib/model/message-export.ts';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import type { MaskFact } from '#lib/serde/masks.ts';
import { type BatchRecord, recordBatch } from '#lib/testing/record-batches.ts';
import { exportHead } from './export-head.ts';
import { type LinesAnswer, type LinesOptions, linesOf } from './export-lines.ts';
import { learnFacts } from './facts.ts';

const options: Omit<LinesOptions, 'offsets'> = {
  partition: 3,
  plan: plainPlan('orders'),
  maxInflatedBytes: 100_000_000,
  format: 'ndjson',
  fields: defaultExportFields,
  bytes: 'lossy',
};

function linesFor(records: Omit<BatchRecord, 'offset'>[], more: Partial<LinesOptions> = {}): string[] {
  const numbered = records.map((record, index) => ({
    timestamp: 1_700_000_000_123n,
    ...record,
    offset: BigInt(index),
  }));
  const answer = linesOf(recordBatch(numbered), {
    ...options,
    offsets: numbered.map(({ offset }) => offset),
    ...more,
  }) as LinesAnswer;
  let at = 0;
  return answer.ends.map((end) => {
    const line = Buffer.from(answer.kept.subarray(at, end)).toString('utf8');
    at = end;
    return line;
  });
}
const objectOf = (record: Omit<BatchRecord, 'offset'>, more: Partial<LinesOptions> = {}) =>
  JSON.parse(linesFor([record], more)[0] ?? '') as Record<string, unknown>;
const csvOf = (value: Buffer, fields = ['value']) => linesFor([{ value }], { format: 'csv', fields })[0];

const maskedBy = (rules: MaskFact['policies'][number]['rules']) => {
  const value: MaskFact = { policies: [{ name: 'PII', base: 'show', hashKey: 'k', rules }] };
  const id = `masks:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
  learnFacts([{ id, value }]);
  return { plan: { ...plainPlan('orders'), masks: id } };
};
afterEach(() => learnFacts([], []));

describe('lines of an export', () => {
  it('hold a record whole, its JSON as it was written', () => {
    const value = Buffer.from('{"n": 9007199254740993, "a": 1.10, "a": [1e400], "__proto__": {}}');
    const [line = ''] = linesFor([
      {
        key: Buffer.from('k'),
        value,
        headers: [
          [Buffer.from('trace'), Buffer.from('x')],
          [Buffer.from('trace'), null],
        ],
      },
    ]);
    expect(line).toBe(
      '{"partition":3,"offset":0,"timestamp":"2023-11-14T22:13:20.123Z","timestampType":"create","key":"k",' +
        `"keySerde":"text","keySize":1,"value":${value},"valueSerde":"json","valueSize":${value.length},"schemaId":null,` +
        '"headers":[{"name":"trace","value":"x"},{"name":"trace","value":null}]}\n',
    );
  });

  it('tell null from empty, and bytes that are no text come as base64 (P2, P5)', () => {
    expect(objectOf({ key: null, value: null })).toMatchObject({
      key: null,
      value: null,
      keySize: null,
      valueSize: null,
    });
    expect(objectOf({ value: Buffer.alloc(0) })).toMatchObject({ value: '', valueSize: 0 });
    const binary = Buffer.from([0xff, 0xfe, 0, 1]);
    expect(objectOf({ value: binary, headers: [[Buffer.from([0xff]), binary]] })).toMatchObject({
      value: null,
      valueBase64: binary.toString('base64'),
      headers: [{ nameBase64: '/w==', value: null, valueBase64: binary.toString('base64') }],
    });
    const hostile = Buffer.from('\u202eabc\u0007 \u2028<script>');
    expect(objectOf({ value: hostile })).toMatchObject({ value: hostile.toString() });
    expect(objectOf({ value: hostile })).not.toHaveProperty('valueBase64');
  });

  it('stay one line each, with the bytes beside where line ends had to go', () => {
    const value = Buffer.from('{\n  "a": "x\\ny"\r\n}');
    const lines = linesFor([{ value }, { value: Buffer.from('two\nlines') }]);
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      value: { a: 'x\ny' },
      valueBase64: value.toString('base64'),
    });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ value: 'two\nlines' });
  });

  it('carry the bytes always or never when asked to', () => {
    const value = Buffer.from('abc');
    expect(objectOf({ value }, { bytes: 'all' })).toMatchObject({ valueBase64: 'YWJj' });
    expect(objectOf({ value: Buffer.from([0xff]) }, { bytes: 'none' })).not.toHaveProperty('valueBase64');
  });

  it('have the columns that were chosen, field paths whole', () => {
    const long = 'x'.repeat(5_000);
    const value = Buffer.from(JSON.stringify({ a: { b: long }, offset: 'mine' }));
    const fields = ['offset', 'value.a.b', 'value.offset', 'headers.offset', 'value.none'];
    const record = { value, headers: [[Buffer.from('offset'), Buffer.from('h')]] as [Buffer, Buffer][] };
    expect(objectOf(record, { fields })).toEqual({
      offset: 0,
      'value.a.b': long,
      'value.offset': 'mine',
      'headers.offset': 'h',
      'value.none': null,
    });
  });

  it('of CSV keep spreadsheets from acting on them, and say how often (P11)', () => {
    for (const text of ['=1+1', '+1', '-1', '@x', '\tx', '\rx'])
      expect(csvOf(Buffer.from(text))).toMatch(/^"?'/);
    expect(csvOf(Buffer.from('a,"b"\nc'))).toBe('"a,""b""\nc"\r\n');
    const answer = linesOf(recordBatch([{ offset: 0n, value: Buffer.from('=1') }]), {
      ...options,
      format: 'csv',
      fields: ['value', 'offset'],
      offsets: [0n],
    });
    expect(answer).toMatchObject({ guardedCells: 1 });
    expect(exportHead('csv', ['offset', 'value["=x"]'])).toBe('offset,"value[""=x""]"\r\n');
    expect(csvOf(Buffer.from([0xff]), ['value', 'valueBase64', 'valueSize'])).toBe(',/w==,1\r\n');
  });

  it('never hold what is masked, in no form (R19)', () => {
    const rules = [
      { side: 'value' as const, select: 'path' as const, at: 'card', action: 'hide' as const },
      { side: 'header' as const, select: 'path' as const, at: 'auth', action: 'hide' as const },
    ];
    const secret = 'CANARY-77';
    const values = [
      `{"card": "${secret}", "n": 9007199254740993}`,
      `{"card": "${secret}"`,
      `plain ${secret}`,
      `\u00ff${secret}`,
      JSON.stringify({ card: { deep: secret } }),
    ].map((text) => Buffer.from(text));
    values.push(Buffer.concat([Buffer.from([0xff]), Buffer.from(secret)]));
    for (const format of ['ndjson', 'csv'] as const)
      for (const bytes of ['lossy', 'all', 'none'] as const) {
        const records = values.map((value) => ({
          key: Buffer.from('k'),
          value,
          headers: [[Buffer.from('AUTH'), Buffer.from(secret)]] as [Buffer, Buffer][],
        }));
        const fields = [...defaultExportFields, 'value.card', 'headers.AUTH'];
        const lines = linesFor(records, { ...maskedBy(rules), format, bytes, fields });
        expect(lines).toHaveLength(values.length);
        for (const line of lines) {
          expect(line).not.toContain(secret);
          expect(line).not.toContain(Buffer.from(secret).toString('base64').slice(2, 10));
          expect(line).toContain('[hidden by PII]');
        }
      }
    expect(objectOf({ value: values[0]! }, maskedBy(rules))).toMatchObject({
      value: { card: '[hidden by PII]' },
      key: null,
    });
    expect(linesFor([{ value: values[0]! }], maskedBy(rules))[0]).toContain('9007199254740993');
  });
});

describe('what may be asked for', () => {
  const parse = (more: object) => ExportMessagesInput.safeParse({ clusterId: 'c', topic: 't', ...more });
  it('is a format, columns that exist, and no more than the caps', () => {
    expect(parse({}).data).toMatchObject({ format: 'ndjson', limit: 100_000, bytes: 'lossy', fields: [] });
    expect(parse({ fields: 'offset,value.a,headers["a.b"]' }).data?.fields).toEqual([
      'offset',
      'value.a',
      'headers["a.b"]',
    ]);
    for (const wrong of [
      { fields: 'nothing' },
      { fields: 'offset,offset' },
      { limit: 100_001 },
      { format: 'xls' },
      { pageSize: 3 },
    ])
      expect(parse(wrong).success, JSON.stringify(wrong)).toBe(false);
  });
});
