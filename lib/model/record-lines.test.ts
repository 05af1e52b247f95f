import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';
import { lineKindOf, parseLines } from './record-lines.ts';
import { readTable, recordsOfTable, rolesOf } from './record-table.ts';

const json = { key: 'text', value: 'json' } as const;

describe('lines of JSON', () => {
  it('records keep their values as written, every digit, and headers their order', () => {
    const text = `{"key": "k", "value": {"n": 9007199254740993,  "__proto__": 1}, "partition": 2, "timestamp": 1795230760250}

{"value": null, "headers": [{"name": "b", "value": "1"}, {"name": "a", "value": "/w==", "valueEncoding": "base64"}, {"name": "b", "value": 2}], "offset": "5"}\r
{"key": 7, "value": "text", "headers": {"h": ["x", "y"]}}`;
    expect(lineKindOf(text)).toBe('records');
    expect(parseLines(text, 'records', json)).toEqual({
      errors: [],
      wrong: 0,
      ignored: ['offset'],
      records: [
        {
          line: 1,
          key: 'k',
          value: '{"n": 9007199254740993,  "__proto__": 1}',
          partition: 2,
          timestamp: '1795230760250',
        },
        {
          line: 3,
          value: null,
          headers: [
            { name: 'b', value: '1' },
            { name: 'a', value: '/w==', encoding: 'base64' },
            { name: 'b', value: '2' },
          ],
        },
        {
          line: 4,
          key: '7',
          value: '"text"',
          headers: [
            { name: 'h', value: 'x' },
            { name: 'h', value: 'y' },
          ],
        },
      ],
    });
  });

  it('what is wrong is named by its line', () => {
    const text =
      '{"value": 1}\n{"value": \n{"value": 1, "partition": -1}\n[1]\n{"value": 1, "vlaue": 2}\n{"value": "x", "valueEncoding": "zip"}';
    expect(parseLines(text, 'records', json).errors).toEqual([
      { line: 2, message: 'Not JSON: error at character 11.' },
      { line: 3, message: 'partition: a whole number from 0 is needed.' },
      { line: 4, message: 'A record is an object with key and value.' },
      { line: 5, message: 'vlaue is no part of a record.' },
      { line: 6, message: 'valueEncoding: one of text, json, base64 or hex is needed.' },
    ]);
  });

  it('plain values are known as such', () => {
    for (const text of ['{"a": 1}', '5', 'not json', '{"value": 1, "other": 2}', ''])
      expect(lineKindOf(text)).toBe('values');
    expect(parseLines('{"a": 1}\n\nplain', 'values', json).records).toEqual([
      { line: 1, value: '{"a": 1}' },
      { line: 3, value: 'plain' },
    ]);
  });

  it('any text is answered, each line once', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string())), (lines) => {
        const text = lines.join('\n');
        const { records, wrong } = parseLines(text, 'records', json);
        expect(records.length + wrong).toBe(
          text.split('\n').filter((line) => line.replace(/\r$/, '').trim() !== '').length,
        );
      }),
    );
  });
});

describe('a table', () => {
  it('columns become key, headers and fields of the value', () => {
    const table = readTable(
      '\ufeffkey;orderId;amount;paid;header.trace;note\r\na;"o;1";12.50;true;t-1;"two\nlines ""q"""\r\n;007;;false;;x',
    );
    expect(table.names).toEqual(['key', 'orderId', 'amount', 'paid', 'header.trace', 'note']);
    expect(rolesOf(table.names)).toEqual(['key', 'field', 'field', 'field', 'header', 'field']);
    expect(recordsOfTable(table, rolesOf(table.names)).records).toEqual([
      {
        line: 2,
        key: 'a',
        value: '{"orderId": "o;1", "amount": 12.50, "paid": true, "note": "two\\nlines \\"q\\""}',
        headers: [{ name: 'trace', value: 't-1' }],
      },
      {
        line: 4,
        value: '{"orderId": "007", "amount": null, "paid": false, "note": "x"}',
        headers: [{ name: 'trace', value: '' }],
      },
    ]);
  });

  it('what is wrong is named by its line', () => {
    const table = readTable('key,value,partition\na,b\na,b,x\na,"b" c,1\n"open');
    expect(recordsOfTable(table, rolesOf(table.names)).errors).toEqual([
      { line: 2, message: 'has 2 cells, the first row has 3.' },
      { line: 3, message: 'partition: a whole number from 0 is needed.' },
      { line: 4, message: 'something stands behind a closing quote.' },
      { line: 4, message: 'has 2 cells, the first row has 3.' },
      { line: 5, message: 'a quoted cell does not end.' },
    ]);
  });

  it('reads what is written as CSV', () => {
    const cell = fc
      .string()
      .filter((text) => !/^[=+\-@\t\r']/.test(text) && !text.includes('\u0000') && !text.includes('\r'));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const text = csvLine(['key', 'value']) + rows.map(csvLine).join('');
        const kept = rows.filter(([a, b]) => a !== '' || b !== '');
        expect(
          readTable(text)
            .rows.map(({ cells }) => cells)
            .filter(([a, b]) => a !== '' || b !== ''),
        ).toEqual(kept);
      }),
    );
  });
});
