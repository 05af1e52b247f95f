import { describe, expect, it } from 'vitest';
import { noMarks, previewPieces } from './preview-pieces.ts';

const draw = (text: string, paths: string[] = [], texts: string[] = [], limit?: number) =>
  previewPieces(text, 'json', 'value', { paths, texts }, limit)
    .map((piece) => (piece.isMarked ? `<${piece.text}>` : piece.text))
    .join('')
    .replaceAll('><', '');

describe('a value in one line', () => {
  it('has its keys without quotes and every digit of its numbers', () => {
    expect(draw('{"a":9007199254740993,"b":{"c":[1,-0,1e400]},"__proto__":{}}')).toBe(
      '{ a: 9007199254740993, b: { c: [1, -0, 1e400] }, __proto__: {} }',
    );
  });

  it('writes names with their escapes, so that none turns the line around (P5)', () => {
    expect(draw('{"a\\u202eb":1}')).toBe('{ a\\u202eb: 1 }');
  });

  it('begins with what matched, marked as a whole', () => {
    const text = '{"id":"p-1","amount":{"minor":5,"currency":"EUR"},"shippingAddress":null}';
    expect(draw(text, ['value.shippingAddress'])).toBe(
      '{ <shippingAddress: null>, id: "p-1", amount: { minor: 5, currency: "EUR" } }',
    );
    expect(draw(text, ['value.amount.currency'])).toBe(
      '{ amount: { <currency: "EUR">, minor: 5 }, id: "p-1", shippingAddress: null }',
    );
    expect(draw('{"a":{"x":1},"odd name":2}', ['value["odd name"]'])).toBe('{ <odd name: 2>, a: { x: 1 } }');
  });

  it('marks texts wherever they occur', () => {
    expect(draw('{"a":"one two one"}', [], ['one'])).toBe('{ a: "<one> two <one>" }');
    expect(draw('{"a":1,"b":{"c":"x one"}}', [], ['one'])).toBe('{ b: { c: "x <one>" }, a: 1 }');
  });

  it('ends when the line is full, however large the value', () => {
    const pieces = previewPieces(
      JSON.stringify({ a: 'x'.repeat(5000), b: 1 }),
      'json',
      'value',
      noMarks,
      100,
    );
    expect(pieces.map(({ text }) => text).join('').length).toBeLessThanOrEqual(110);
  });

  it('of what is no whole JSON is the text, from before its first match', () => {
    expect(draw('{"a":1')).toBe('{"a":1');
    const far = `${'x'.repeat(1000)}needle${'y'.repeat(1000)}`;
    const shown = previewPieces(far, 'text', 'value', { paths: [], texts: ['needle'] });
    expect(shown.map(({ isMarked, text }) => (isMarked ? text : text.slice(0, 3)))).toEqual([
      '…xx',
      'needle',
      'yyy',
    ]);
  });
});
